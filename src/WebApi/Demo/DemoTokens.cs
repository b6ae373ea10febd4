using JikoXpress.Grains.Abstractions.Callers;
using JikoXpress.Grains.Abstractions.Management;
using JikoXpress.Grains.Abstractions.Reads;

namespace JikoXpress.WebApi.Demo;

/// <summary>
/// Stores the demo's secrets over restarts, and keeps its staff signed in, so that the tokens it returns are valid.
/// </summary>
internal sealed class DemoTokens(
    IDemoNotes notes, IKitchens kitchens, IStaffSessions staffSessions, ICredentials credentials, DemoSetup setup,
    TimeProvider clock, ILogger<DemoTokens> log) : IHostedService
{
    /// <summary>A token with less than this time left is replaced.</summary>
    private static readonly TimeSpan Spare = TimeSpan.FromHours(1);

    private readonly SemaphoreSlim turn = new(1);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (await notes.Read() is not { } kept)
        {
            if ((await kitchens.List(new PageRequest(1))).Items.Count > 0)
            {
                log.DemoNotSetUp();
                return;
            }

            await notes.Keep((kept = DemoSecrets.Begun.Write()));
        }

        if (DemoSecrets.Read(kept).OperatorKey is null) await notes.Keep((await setup.Run()).Write());
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Null if the demo was never set up on this database.</summary>
    public async Task<DemoSecrets?> Fresh()
    {
        await turn.WaitAsync();
        try
        {
            if (await notes.Read() is not { } kept) return null;
            var secrets = DemoSecrets.Read(kept);
            var fresh = secrets with { Kitchens = await Each(secrets.Kitchens, SignedIn) };
            if (fresh.Write() is var written && written != kept) await notes.Keep(written);
            return fresh;
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<DemoKitchenSecrets> SignedIn(DemoKitchenSecrets kitchen) => kitchen with
    {
        Staff = await Each(kitchen.Staff, member => SignedIn(kitchen, member)),
    };

    private async Task<DemoStaffSecret> SignedIn(DemoKitchenSecrets kitchen, DemoStaffSecret member)
    {
        if (member is { Token: { } token, ExpiresAt: { } end }
            && end - clock.GetUtcNow() > Spare
            && await credentials.Find(new BearerToken(token)) is CredentialAnswer.Found) return member;
        var till = kitchen.Devices[0].Id;
        return await staffSessions.Begin(kitchen.Id, till, member.StaffNumber, member.Pin) is SignIn.Welcome welcome
            ? member with { Token = welcome.Token, ExpiresAt = welcome.ExpiresAt }
            : member with { Token = null, ExpiresAt = null };
    }

    /// <summary>One after the other, since the check of a PIN uses a whole core.</summary>
    private static async Task<IReadOnlyList<T>> Each<T>(IReadOnlyList<T> items, Func<T, Task<T>> change)
    {
        var changed = new List<T>(items.Count);
        foreach (var item in items) changed.Add(await change(item));
        return changed;
    }
}
