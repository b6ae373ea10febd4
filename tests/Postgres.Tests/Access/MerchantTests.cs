using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Grains.Abstractions.Callers;
using JikoXpress.Grains.Abstractions.Management;
using JikoXpress.Testing;

namespace JikoXpress.Postgres.Tests.Access;

/// <summary>Merchants and their keys, as the rows keep them.</summary>
public sealed class MerchantTests(TestDatabase database) : IClassFixture<TestDatabase>, IAsyncLifetime
{
    private readonly Office office = new(database);
    private Kitchen store = null!;
    private Merchant shop = null!;

    public async ValueTask InitializeAsync()
    {
        store = await office.Kitchen();
        shop = Office.Done(await office.Merchants.Add(new MerchantPlan("Duka", [store.Id])));
    }

    public ValueTask DisposeAsync() => office.DisposeAsync();

    [Fact]
    public async Task A_key_stands_for_its_merchant_with_its_scopes_and_stores()
    {
        var key = await Key("payments:read");
        Assert.StartsWith("jk_test_", key.Token, StringComparison.Ordinal);

        var principal = await office.Holder(key.Token);
        Assert.Equal((CallerKind.Merchant, shop.Id, false), (principal.Kind, principal.Id, principal.LiveMode));
        Assert.Equal(["payments:read"], principal.Scopes!);
        Assert.Equal([store.Id], principal.Kitchens!);
        Assert.False(principal.MayOrderFrom(Guid.NewGuid()));
    }

    [Fact]
    public async Task A_live_merchants_keys_say_so()
    {
        var live = Office.Done(await office.Kitchens.Add(
            new NewKitchen("Live", LiveMode: true, KitchenSettings.Default), null));
        var merchant = Office.Done(await office.Merchants.Add(new MerchantPlan("Duka", [live.Id])));
        var key = Office.Done(await office.Merchants.AddKey(merchant.Id, new MerchantKeyPlan("Web")));

        Assert.StartsWith("jk_live_", key.Token, StringComparison.Ordinal);
        Assert.True((await office.Holder(key.Token)).LiveMode);
        Assert.Equal(
            "livemode-mismatch",
            Office.CodeOf(await office.Merchants.Add(new MerchantPlan("Both", [live.Id, (await office.Kitchen()).Id]))));
    }

    [Fact]
    public async Task Only_the_hash_of_a_key_is_kept()
    {
        var key = await Key();
        var kept = await database.Ask<long>($"""
            SELECT count(*) FROM jiko.credential c
            WHERE c.subject_id = '{key.Key.Id}' AND c.token_hash = sha256(convert_to('{key.Token}', 'UTF8'))
            """);
        Assert.Equal(1, kept);
        Assert.Equal(0, await database.Ask<long>($"""
            SELECT (SELECT count(*) FROM jiko.credential c WHERE c::text LIKE '%{key.Token}%')
                + (SELECT count(*) FROM jiko.merchant_key k WHERE k::text LIKE '%{key.Token}%')
                + (SELECT count(*) FROM jiko.audit a WHERE a::text LIKE '%{key.Token}%')
            """));
    }

    [Fact]
    public async Task A_replaced_key_works_until_the_overlap_is_over()
    {
        var old = await Key("payments:write");
        var fresh = Office.Done(await office.Merchants.RotateKey(shop.Id, old.Key.Id, overlapHours: 2));

        Assert.Equal(["payments:write"], fresh.Key.Scopes);
        Assert.Equal(shop.Id, (await office.Holder(old.Token)).Id);
        Assert.Equal(shop.Id, (await office.Holder(fresh.Token)).Id);
        Assert.Equal("key-not-active", Office.CodeOf(await office.Merchants.RotateKey(shop.Id, old.Key.Id, 2)));
        office.Clock.Advance(TimeSpan.FromHours(2));
        Assert.IsType<CredentialAnswer.Expired>(await office.Credentials.Find(new BearerToken(old.Token)));
        Assert.Equal(shop.Id, (await office.Holder(fresh.Token)).Id);
    }

    [Fact]
    public async Task A_revoked_key_is_good_for_nothing_and_the_others_go_on()
    {
        var (one, other) = (await Key(), await Key());
        await office.Holder(one.Token);
        Assert.False(Office.Done(await office.Merchants.RevokeKey(shop.Id, one.Key.Id)).Active);

        Assert.IsType<CredentialAnswer.Unknown>(await office.Credentials.Find(new BearerToken(one.Token)));
        Assert.Equal(shop.Id, (await office.Holder(other.Token)).Id);
    }

    [Fact]
    public async Task An_app_token_ends_with_its_key_and_is_revoked_with_it()
    {
        var (replaced, revoked) = (await Key(), await Key());
        var token = await TokenOf(replaced, 86_400);
        var other = await TokenOf(revoked, 86_400);
        var principal = await office.Holder(token.Token);
        Assert.Equal((CallerKind.Merchant, shop.Id, (Guid?)null), (principal.Kind, principal.Id, principal.KeyId));
        Assert.Equal(["payments:read"], principal.Scopes!);
        Assert.Equal(replaced.Key.Id, (await office.Holder(replaced.Token)).KeyId);

        var short_ = await TokenOf(replaced, 60);
        Office.Done(await office.Merchants.RotateKey(shop.Id, replaced.Key.Id, overlapHours: 2));
        Assert.Equal(office.Clock.GetUtcNow().AddHours(2), (await TokenOf(replaced, 86_400)).ExpiresAt);
        office.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.IsType<CredentialAnswer.Expired>(await office.Credentials.Find(new BearerToken(short_.Token)));
        Assert.Equal(shop.Id, (await office.Holder(token.Token)).Id);
        office.Clock.Advance(TimeSpan.FromHours(2));
        Assert.IsType<CredentialAnswer.Expired>(await office.Credentials.Find(new BearerToken(token.Token)));

        Office.Done(await office.Merchants.RevokeKey(shop.Id, revoked.Key.Id));
        Assert.IsType<CredentialAnswer.Unknown>(await office.Credentials.Find(new BearerToken(other.Token)));
        Assert.Equal("not-found", Office.CodeOf(
            await office.Merchants.AddAppToken(revoked.Key.Id, new AppTokenPlan())));
    }

    [Fact]
    public async Task A_key_says_when_it_was_last_used()
    {
        var key = await Key();
        Assert.Null((await Listed(key)).LastUsedAt);

        await office.Holder(key.Token);

        Assert.Equal(office.Clock.GetUtcNow(), (await Listed(key)).LastUsedAt);
    }

    [Fact]
    public async Task A_store_is_of_one_merchant_and_a_key_is_its_merchants()
    {
        Assert.Equal("store-taken", Office.CodeOf(await office.Merchants.Add(new MerchantPlan("Other", [store.Id]))));
        Assert.Equal("not-found", Office.CodeOf(await office.Merchants.Add(new MerchantPlan("None", [Guid.NewGuid()]))));

        var key = await Key();
        Assert.Equal("not-found", Office.CodeOf(await office.Merchants.RevokeKey(Guid.NewGuid(), key.Key.Id)));
        Assert.Equal("not-found", Office.CodeOf(await office.Merchants.AddKey(Guid.NewGuid(), new MerchantKeyPlan("X"))));
        Assert.Equal("not-found", Office.CodeOf(await office.Merchants.Keys(Guid.NewGuid())));
    }

    private async Task<NewMerchantKey> Key(params string[] scopes) => Office.Done(await office.Merchants.AddKey(
        shop.Id, new MerchantKeyPlan("Web shop", scopes.Length == 0 ? null : scopes.ToSequence())));

    private async Task<NewAppToken> TokenOf(NewMerchantKey key, int seconds) => Office.Done(
        await office.Merchants.AddAppToken(key.Key.Id, new AppTokenPlan(["payments:read"], seconds)));

    private async Task<MerchantKey> Listed(NewMerchantKey key) =>
        Office.Done(await office.Merchants.Keys(shop.Id)).Keys.Single(known => known.Id == key.Key.Id);
}
