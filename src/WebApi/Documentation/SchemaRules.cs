using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using JikoXpress.Domain;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace JikoXpress.WebApi.Documentation;

/// <summary>
/// Adjusts schemas to our records. A member is required if it cannot be null; every other member is optional and
/// nullable, in answers too, so that a generated client can tell an absent number from 0. Bodies accept no additional
/// members. Limits come from attributes on the members.
/// </summary>
internal static class SchemaRules
{
    /// <summary>Name suffix of request bodies; all other types are answers.</summary>
    public const string Incoming = "Body";

    public static Task Apply(
        OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellation)
    {
        var type = context.JsonTypeInfo;
        if (IsMoney(type.Type)) WholeShillings(schema, isOptional: type.Type != typeof(Money));
        else if (type.Kind is JsonTypeInfoKind.Object) Members(schema, type);
        else if (schema.Enum is not null) schema.Type = JsonSchemaType.String;
        // JSON Schema's "time" has seconds and an offset; ours has neither, and says so by a pattern.
        else if (schema.Format is "time") schema.Format = null;
        if (context.JsonPropertyInfo is { } member) Limits(schema, member);
        return Task.CompletedTask;
    }

    private static void WholeShillings(OpenApiSchema schema, bool isOptional)
    {
        schema.Type = isOptional ? JsonSchemaType.Integer | JsonSchemaType.Null : JsonSchemaType.Integer;
        schema.Format = "int64";
    }

    private static void Members(OpenApiSchema schema, JsonTypeInfo type)
    {
        var required = type.Properties.Where(member => !IsNullable(member)).Select(member => member.Name);
        schema.Required = new SortedSet<string>(required, StringComparer.Ordinal);
        if (IsIncoming(type.Type)) schema.AdditionalPropertiesAllowed = false;
    }

    private static void Limits(OpenApiSchema schema, JsonPropertyInfo member)
    {
        var incoming = IsIncoming(member.DeclaringType);
        // A member with no setter is taken to be nullable by the framework, whatever it says.
        if (!IsNullable(member)) schema.Type &= ~JsonSchemaType.Null;
        if (Constant(member) is { } constant) schema.Const = constant;
        if (incoming && IsMoney(member.PropertyType))
        {
            schema.Minimum = "1";
            schema.Maximum = Money.Largest.Shillings.ToString(CultureInfo.InvariantCulture);
        }

        foreach (var limit in Attributes(member)) Limit(schema, limit);
    }

    private static void Limit(OpenApiSchema schema, object limit)
    {
        switch (limit)
        {
            case LengthAttribute length when schema.Items is not null:
                (schema.MinItems, schema.MaxItems) = (length.MinimumLength, length.MaximumLength);
                break;
            case LengthAttribute length:
                (schema.MinLength, schema.MaxLength) = (length.MinimumLength, length.MaximumLength);
                break;
            case RangeAttribute range:
                schema.Minimum = Convert.ToString(range.Minimum, CultureInfo.InvariantCulture);
                schema.Maximum = Convert.ToString(range.Maximum, CultureInfo.InvariantCulture);
                break;
            case RegularExpressionAttribute expression:
                schema.Pattern = expression.Pattern;
                break;
            case AllowedValuesAttribute allowed:
                var words = schema.Items as OpenApiSchema ?? schema;
                words.Enum = [.. allowed.Values.Select(value => JsonValue.Create($"{value}"))];
                break;
            case DefaultValueAttribute unlessTold:
                schema.Default = JsonSerializer.SerializeToNode(unlessTold.Value);
                break;
        }
    }

    /// <summary>A text that is the same in every view of the type, such as the name of its object.</summary>
    private static string? Constant(JsonPropertyInfo member)
    {
        if (member is not { Set: null, AssociatedParameter: null }) return null;
        if (member.AttributeProvider is not PropertyInfo { DeclaringType: { } type } property) return null;
        if (property.PropertyType != typeof(string)) return null;
        return (string?)property.GetValue(Empty(type));
    }

    /// <summary>The word in the member `object` of every answer of this type.</summary>
    public static string ObjectOf(Type view) => view.GetProperty("Object")?.GetValue(Empty(view)) as string
        ?? throw new InvalidOperationException($"{view} has no object.");

    private static object? Empty(Type view)
    {
        var constructor = view.GetConstructors().MinBy(one => one.GetParameters().Length);
        return constructor?.Invoke(new object?[constructor.GetParameters().Length]);
    }

    private static IEnumerable<object> Attributes(JsonPropertyInfo member) =>
    [
        .. member.AttributeProvider?.GetCustomAttributes(inherit: true) ?? [],
        .. member.AssociatedParameter?.AttributeProvider?.GetCustomAttributes(inherit: true) ?? [],
    ];

    private static bool IsNullable(JsonPropertyInfo member) =>
        member.AttributeProvider is PropertyInfo property
        && new NullabilityInfoContext().Create(property).ReadState is NullabilityState.Nullable;

    private static bool IsMoney(Type type) => (Nullable.GetUnderlyingType(type) ?? type) == typeof(Money);

    private static bool IsIncoming(Type type) => type.Name.EndsWith(Incoming, StringComparison.Ordinal);
}
