using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using JikoXpress.Domain;
using JikoXpress.Domain.Bills;
using JikoXpress.Domain.Sessions;
using JikoXpress.Grains.Abstractions;
using JikoXpress.Grains.Ports;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Orleans.Serialization.Cloning;
using Orleans.Serialization.Serializers;

namespace JikoXpress.Silo.Wire;

/// <summary>
/// Serialization of the grain interfaces' arguments and results. Between silos they travel as JSON; a session or a bill
/// has the form in which it is stored. Inside a silo they are passed without a copy, since they are immutable.
/// </summary>
internal static class Contracts
{
    public static JsonSerializerOptions Json { get; } = new()
    {
        // The stored form of a session or a bill already contains its kind.
        TypeInfoResolver = new DefaultJsonTypeInfoResolver().WithAddedModifier(type =>
        {
            if (type.Type == typeof(Session) || type.Type == typeof(Bill)) type.PolymorphismOptions = null;
        }),
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        IgnoreReadOnlyProperties = true,
        Converters = { new StoredForm<Session>(), new StoredForm<Bill>() },
    };

    public static void AddContracts(this IServiceCollection services) => services.AddSerializer(serializer =>
    {
        serializer.Services.AddSingleton<IGeneralizedCodec, ContractCodec>();
        serializer.Configure(types => types.WellKnownTypeAliases[ContractCodec.Alias] = typeof(ContractCodec));
        serializer.Services.AddSingleton<SameInstance>();
        serializer.Services.AddSingleton<IGeneralizedCopier>(provider => provider.GetRequiredService<SameInstance>());
        serializer.Services.AddSingleton<ITypeFilter, ContractFilter>();
        serializer.Services.Configure<ExceptionSerializationOptions>(exceptions =>
        {
            exceptions.SupportedNamespacePrefixes.Add("JikoXpress");
            exceptions.SupportedNamespacePrefixes.Add("Npgsql");
        });
    });

    /// <summary>All types that the domain and the grain interfaces declare.</summary>
    public static bool Contains(Type type) =>
        !type.IsInterface && (type.Assembly == typeof(Session).Assembly || type.Assembly == typeof(Reply<>).Assembly);

    private sealed class SameInstance : IGeneralizedCopier, IOptionalDeepCopier
    {
        public bool IsSupportedType(Type type) => Contains(type);

        public bool IsShallowCopyable() => true;

        public object? DeepCopy(object? input, CopyContext context) => input;
    }

    /// <summary>Also allows abstract types: the concrete type is written beside the value.</summary>
    private sealed class ContractFilter : ITypeFilter
    {
        public bool? IsTypeAllowed(Type type) =>
            Contains(type) || type == typeof(StoreBusyException) || type == typeof(StoreUnavailableException)
                || type == typeof(CommitUnknownException)
                ? true
                : null;
    }

    private sealed class StoredForm<TState> : JsonConverter<TState> where TState : notnull
    {
        public override bool CanConvert(Type typeToConvert) => typeof(TState).IsAssignableFrom(typeToConvert);

        public override TState Read(
            ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            // Without its escapes it is shorter, or as long.
            var stored = ArrayPool<byte>.Shared.Rent(
                reader.HasValueSequence ? checked((int)reader.ValueSequence.Length) : reader.ValueSpan.Length);
            try
            {
                return StateJson.Read<TState>(stored.AsSpan(0, reader.CopyString(stored)));
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(stored);
            }
        }

        public override void Write(Utf8JsonWriter writer, TState value, JsonSerializerOptions options) =>
            writer.WriteStringValue(StateJson.WriteUtf8(value));
    }
}
