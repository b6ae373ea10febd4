using Microsoft.Playwright;

namespace JikoXpress.Pages.Tests.Hosting;

/// <summary>A network as phones have it, emulated by the browser (Chrome DevTools Protocol).</summary>
/// <param name="Latency">From a request to the first byte of its answer, in milliseconds.</param>
/// <param name="Down">In bits per second.</param>
/// <param name="Up">In bits per second.</param>
public sealed record SlowNetwork(int Latency, int Down, int Up)
{
    /// <summary>WebPageTest's profile "3G Slow".</summary>
    public static SlowNetwork Slow3G { get; } = new(400, 400_000, 400_000);

    private const int BitsOfByte = 8;

    public static async Task Emulate(IPage page, SlowNetwork network)
    {
        var tools = await page.Context.NewCDPSessionAsync(page);
        await tools.SendAsync("Network.enable");
        await tools.SendAsync("Network.emulateNetworkConditions", new Dictionary<string, object>
        {
            ["offline"] = false,
            ["latency"] = network.Latency,
            ["downloadThroughput"] = network.Down / BitsOfByte,
            ["uploadThroughput"] = network.Up / BitsOfByte,
        });
    }

    /// <summary>A processor that is so many times slower than this machine's.</summary>
    public static async Task SlowProcessor(IPage page, int times)
    {
        var tools = await page.Context.NewCDPSessionAsync(page);
        await tools.SendAsync("Emulation.setCPUThrottlingRate", new Dictionary<string, object> { ["rate"] = times });
    }
}
