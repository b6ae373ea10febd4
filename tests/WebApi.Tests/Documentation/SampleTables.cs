using JikoXpress.Domain;
using JikoXpress.Domain.Kitchens;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Abstractions.Management;

namespace JikoXpress.WebApi.Tests.Documentation;

/// <summary>The one table of the examples.</summary>
internal sealed class SampleTables(TimeProvider clock) : ITables
{
    private const string Code = "0196A3C000007000800000000000040A.9F1C07D35B8E4A62C1D40E7788B3AA05";

    private static readonly Guid TableId = Guid.Parse("0196a3c0-0000-7000-8000-00000000040a");

    public Task<IReadOnlyList<DiningTable>> List(Guid kitchenId) =>
        Task.FromResult<IReadOnlyList<DiningTable>>([Table("05")]);

    public Task<Reply<DiningTable>> Add(Guid kitchenId, string number, Operation? operation) =>
        Task.FromResult<Reply<DiningTable>>(Table(number));

    public Task<Reply<DiningTable>> Find(Guid kitchenId, Guid tableId) =>
        Task.FromResult<Reply<DiningTable>>(Table("05"));

    public Task<Reply<DiningTable>> Switch(Guid kitchenId, Guid tableId, bool active) =>
        Task.FromResult<Reply<DiningTable>>(Table("05") with { Active = active });

    public Task<Reply<DiningTable>> Rotate(Guid kitchenId, Guid tableId, Operation? operation) =>
        Task.FromResult<Reply<DiningTable>>(Table("05"));

    public Task<Reply<TableVisit>> Visit(string code) => Task.FromResult<Reply<TableVisit>>(
        code == Code
            ? new TableVisit(
                SampleHouse.KitchenId, "Mama Ntilie Kitchen", "05", LiveMode: false,
                "jx_table_8Qm2wVb7Zk3yXo5TtR1sLd9", clock.GetUtcNow().AddHours(2))
            : KitchenRefusals.TableCodeInvalid);

    private DiningTable Table(string number) => new(TableId, number, Code, Active: true, clock.GetUtcNow());
}
