using JikoXpress.WebApi.Binding;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace JikoXpress.WebApi.Tests.Hosting;

/// <summary>What a start need not do: code that reads requests.</summary>
public sealed class EndpointCodeTests : IAsyncLifetime
{
    private readonly House house = new();

    public ValueTask InitializeAsync() => house.InitializeAsync();

    public ValueTask DisposeAsync() => house.DisposeAsync();

    /// <summary>The framework would make it of the handler's parameters, by reflection, at each start.</summary>
    [Fact]
    public void The_code_of_every_endpoint_is_generated_when_it_is_built()
    {
        var made = house.App.Services.GetRequiredService<EndpointDataSource>().Endpoints
            .Select(endpoint => (endpoint.DisplayName, endpoint.RequestDelegate!.Method.DeclaringType!.FullName))
            .ToList();

        Assert.True(made.Count > 150, $"There are {made.Count} endpoints.");
        Assert.All(made, each => Assert.Matches(
            @"^(Microsoft\.AspNetCore\.Http\.Generated|JikoXpress)\.", each.FullName));
    }

    /// <summary>Bodies are prepared after the start, where a record that cannot be read would stop nothing.</summary>
    [Fact]
    public void The_body_of_every_endpoint_can_be_read()
    {
        var bodies = BodyPreparation.Bodies(house.App).ToList();

        Assert.True(bodies.Count > 60, $"There are {bodies.Count} bodies.");
        Assert.All(bodies, body => body.Prepare());
    }
}
