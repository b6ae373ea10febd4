using System.Text.Json;

namespace JikoXpress.Chaos.Processes;

/// <summary>The guests' phones and their aggregator: the simulator, as a process that nobody kills.</summary>
internal sealed class Phones(HostProcess simulator) : IAsyncDisposable
{
    private readonly HttpClient http = new() { BaseAddress = simulator.Address, Timeout = TimeSpan.FromMinutes(1) };

    public async Task LetTenMinutesPass()
    {
        var advance = new Uri("/_sim/advance?seconds=600", UriKind.Relative);
        using var response = await http.PostAsync(advance, content: null);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>What really left the phones, and what came back to them.</summary>
    public async Task<IReadOnlyList<PhoneMovement>> Ledger()
    {
        var text = await http.GetStringAsync(new Uri("/_sim/ledger", UriKind.Relative));
        return [.. JsonElement.Parse(text).GetProperty("data").EnumerateArray().Select(entry => new PhoneMovement(
            entry.GetProperty("reference").GetString() ?? "",
            entry.GetProperty("collection").GetString() ?? "",
            entry.GetProperty("amount").GetInt64()))];
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await simulator.DisposeAsync();
    }
}

/// <param name="Reference">Of the push or of the refund.</param>
/// <param name="Collection">The push that it belongs to.</param>
/// <param name="Amount">What left the phone; below zero, what came back.</param>
internal sealed record PhoneMovement(string Reference, string Collection, long Amount);
