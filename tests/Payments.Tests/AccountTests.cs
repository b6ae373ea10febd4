using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Domain.Sessions.Payments;
using JikoXpress.Grains.Ports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using static JikoXpress.Payments.Tests.Samples;

namespace JikoXpress.Payments.Tests;

/// <summary>Which account takes a new payment, and when another one does.</summary>
public sealed class AccountTests
{
    private static readonly Sequence<string> Own = ["first", "second"];

    private static readonly Kitchen Test = new(Guid.NewGuid(), "Nyama", LiveMode: false, KitchenSettings.Default);
    private static readonly Kitchen Live = Test with { LiveMode = true };

    private readonly FakeTimeProvider clock = Samples.Clock();
    private readonly Rows rows = new();
    private readonly Scripted first = new("house-one"), second = new("house-two"), live = new("house-live", live: true);
    private readonly KitchenAccounts kitchens;
    private readonly Aggregators aggregators;

    public AccountTests()
    {
        var clients = new ServiceCollection().AddAggregatorClient().BuildServiceProvider()
            .GetRequiredService<IHttpClientFactory>();
        kitchens = new KitchenAccounts(rows, clients, clock, NullLogger<KitchenAccounts>.Instance);
        aggregators = new Aggregators([live, first, second], clock, kitchens);
    }

    [Fact]
    public async Task A_kitchen_without_its_own_uses_the_first_of_the_installation_in_its_mode()
    {
        Assert.Equal("house-one", await aggregators.AccountFor(Test, own: null, isForPush: true));
        Assert.Equal("house-live", await aggregators.AccountFor(Live, own: null, isForPush: true));
        Assert.Null(await new Aggregators([first], clock).AccountFor(Live, own: null, isForPush: true));
    }

    [Fact]
    public async Task A_kitchen_with_its_own_uses_those_and_no_other()
    {
        rows.Add("first");
        rows.Add("second");

        Assert.Equal("first", await aggregators.AccountFor(Test, Own, isForPush: true));
        Assert.Null(await aggregators.AccountFor(Test, [], isForPush: true));
    }

    [Fact]
    public async Task An_account_whose_secrets_cannot_be_read_is_passed_over()
    {
        rows.Add("first", secrets: null);
        rows.Add("second");

        Assert.Equal("second", await aggregators.AccountFor(Test, Own, isForPush: true));
        Assert.Null(await aggregators.AccountFor(Test, ["first"], isForPush: true));
        Assert.True(aggregators.Has("first"));
        Assert.Null(aggregators.Find("first"));
    }

    [Fact]
    public async Task Three_pushes_in_a_row_that_were_not_sent_lead_new_payments_to_the_next_account()
    {
        first.Answer = () => throw new PushNotSentException("Nobody is there.");
        for (var push = 1; push <= 3; push++)
        {
            Assert.Equal("house-one", await aggregators.AccountFor(Test, own: null, isForPush: true));
            await Assert.ThrowsAsync<PushNotSentException>(() => aggregators.Push("house-one", Push("001")));
        }

        Assert.Equal("house-two", await aggregators.AccountFor(Test, own: null, isForPush: true));
    }

    [Fact]
    public async Task An_answer_in_between_counts_from_one_again()
    {
        await Fail(2);
        first.Answer = Taken;
        await aggregators.Push("house-one", Push("001"));
        await Fail(2);

        Assert.Equal("house-one", await aggregators.AccountFor(Test, own: null, isForPush: true));
    }

    [Fact]
    public async Task A_refusal_is_an_answer()
    {
        first.Answer = () => new PaymentReport(Reference, PaymentOutcome.Failed, Proof.Queried);
        for (var push = 1; push <= 5; push++) await aggregators.Push("house-one", Push("001"));

        Assert.Equal("house-one", await aggregators.AccountFor(Test, own: null, isForPush: true));
    }

    [Fact]
    public async Task After_half_a_minute_one_payment_tries_it_and_its_answer_brings_it_back()
    {
        await Fail(3);
        clock.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal("house-two", await Next());
        clock.Advance(TimeSpan.FromSeconds(1));
        // Asking what would be takes nobody's turn.
        Assert.Equal("house-one", await aggregators.AccountFor(Test, own: null, isForPush: false));
        Assert.Equal("house-one", await Next());
        Assert.Equal("house-two", await Next());

        await Fail(1);
        Assert.Equal("house-two", await Next());
        clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal("house-one", await Next());
        first.Answer = Taken;
        await aggregators.Push("house-one", Push("001"));
        Assert.Equal("house-one", await Next());
        Assert.Equal("house-one", await Next());
    }

    [Fact]
    public async Task When_all_are_down_the_first_is_used_all_the_same()
    {
        await Fail(3);
        second.Answer = () => new PaymentReport(Reference, PaymentOutcome.Unknown, Proof.Queried);
        for (var push = 1; push <= 3; push++) await aggregators.Push("house-two", Push("001"));

        Assert.Equal("house-one", await Next());
    }

    [Fact]
    public async Task An_unchanged_account_keeps_its_adapter_and_a_changed_one_gets_another()
    {
        rows.Add("first");
        rows.Add("second");
        await kitchens.ReadAgain();
        var (before, other) = (kitchens.Find("first"), kitchens.Find("second"));
        rows.Change("second", new PaymentAccountSecrets(ApiToken: "another", WebhookToken: new string('x', 32)));
        await kitchens.ReadAgain();

        Assert.Same(before, kitchens.Find("first"));
        Assert.NotSame(other, kitchens.Find("second"));
        Assert.True(kitchens.Find("second")!.IsItsToken(new string('x', 32)));
        Assert.False(kitchens.Find("second")!.IsItsToken(Rows.Token));
    }

    [Fact]
    public async Task Accounts_that_nobody_has_are_looked_for_once_a_second_at_most()
    {
        for (var time = 0; time < 50; time++) Assert.Null(await aggregators.Look($"nobody-{time}"));
        Assert.Equal(1, rows.Reads);

        rows.Add("first");
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.NotNull(await aggregators.Look("first"));
        Assert.Equal(2, rows.Reads);
    }

    private static PushRequest Push(string ending) => new(Reference, $"+255754000{ending}", new Money(1_000));

    private ValueTask<string?> Next() => aggregators.AccountFor(Test, own: null, isForPush: true);

    private async Task Fail(int times)
    {
        first.Answer = () => throw new PushNotSentException("Nobody is there.");
        for (var push = 1; push <= times; push++)
            await Assert.ThrowsAsync<PushNotSentException>(() => aggregators.Push("house-one", Push("001")));
    }

    private static PaymentReport Taken() => new(Reference, PaymentOutcome.Pending, Proof.Queried);

    /// <summary>The rows of the kitchens' accounts.</summary>
    private sealed class Rows : IStoredAccounts
    {
        public const string Token = "0123456789abcdef0123456789abcdef";

        private readonly Dictionary<string, StoredAccount> all = [];

        public int Reads { get; private set; }

        public void Add(string name) => Add(name, new PaymentAccountSecrets(ApiToken: "token", WebhookToken: Token));

        public void Add(string name, PaymentAccountSecrets? secrets) => all[name] = new StoredAccount(
            name, 1, AggregatorVendor.Pawapay, LiveMode: false, new PaymentAccountSettings(), secrets);

        public void Change(string name, PaymentAccountSecrets secrets) =>
            all[name] = all[name] with { Version = all[name].Version + 1, Secrets = secrets };

        public Task<IReadOnlyList<StoredAccount>> All()
        {
            Reads++;
            return Task.FromResult<IReadOnlyList<StoredAccount>>([.. all.Values]);
        }
    }

    /// <summary>An account of the installation that answers as it is told.</summary>
    private sealed class Scripted(string name, bool live = false) : IMobileMoneyAdapter
    {
        public string Name => name;

        public bool LiveMode => live;

        public Func<PaymentReport> Answer { get; set; } = Taken;

        public Task<PaymentReport> Push(PushRequest push, CancellationToken cancellation)
        {
            try
            {
                return Task.FromResult(Answer());
            }
            catch (PushNotSentException nobody)
            {
                return Task.FromException<PaymentReport>(nobody);
            }
        }

        public Task<PaymentReport> Query(StatusQuery query, CancellationToken cancellation) =>
            throw new NotSupportedException();

        public Task<RefundOutcome> Refund(RefundRequest refund, CancellationToken cancellation) =>
            throw new NotSupportedException();

        public bool IsItsToken(string token) => false;

        public WebhookReading Read(Webhook webhook, DateTimeOffset now) => new WebhookReading.Unverified();

        public PaymentReport? Recall(ReadOnlySpan<byte> body) => null;
    }
}
