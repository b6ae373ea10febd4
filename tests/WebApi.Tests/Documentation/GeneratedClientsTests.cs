using System.Text.Json.Nodes;

namespace JikoXpress.WebApi.Tests.Documentation;

/// <summary>What the document must be so that clients generated from it work.</summary>
public sealed class GeneratedClientsTests
{
    private static readonly DocumentedApi Api = DocumentedApi.Committed;

    /// <summary>A client must be able to leave an amount out, and to tell that one was left out.</summary>
    [Fact]
    public void A_member_may_be_null_if_and_only_if_it_is_optional() => Assert.Empty(
        from schema in Api.Schemas
        from member in Members(schema.Value)
        where IsRequired(schema.Value!, member.Key) == MayBeNull(member.Value!)
        select $"{schema.Key}.{member.Key}");

    [Fact]
    public void An_answer_of_several_forms_says_which_it_is()
    {
        var choices = Nodes(Api.Root)
            .Where(node => node["oneOf"] is JsonArray && !MayBeNull(node))
            .ToList();

        Assert.NotEmpty(choices);
        Assert.All(choices, choice =>
        {
            var member = (string)choice["discriminator"]!["propertyName"]!;
            var forms = choice["oneOf"]!.AsArray().Select(form => (string)form!["$ref"]!).ToList();
            var named = choice["discriminator"]!["mapping"]!.AsObject();
            Assert.Equal(forms, named.Select(form => (string?)form.Value));
            Assert.All(named, form => Assert.Equal(
                form.Key, (string?)Api.Check.Find((string)form.Value!)["properties"]![member]!["const"]));
        });
    }

    [Fact]
    public void Money_to_start_and_to_count_with_may_be_nothing()
    {
        Assert.Equal(0, (int)Api.Schemas["OpenShiftBody"]!["properties"]!["float"]!["minimum"]!);
        Assert.Equal(0, (int)Api.Schemas["CloseShiftBody"]!["properties"]!["counted"]!["minimum"]!);
        Assert.Equal(1, (int)Api.Schemas["PaymentBody"]!["properties"]!["amount"]!["minimum"]!);
    }

    [Fact]
    public void The_methods_of_payment_and_those_of_a_kitchen_are_two_schemas()
    {
        Assert.Contains("CASH", Api.Schemas["PaymentMethod"]!["enum"]!.AsArray().Select(word => (string?)word));
        var methods = Api.Schemas["KitchenPaymentMethodList"]!["properties"]!["data"]!["items"]!;
        Assert.Contains("provider", Members(Api.Check.Find((string)methods["$ref"]!)).Select(member => member.Key));
    }

    [Fact]
    public void Every_request_body_has_an_example_that_keeps_its_schema() => Assert.All(Bodies(), body =>
    {
        JsonNode?[] examples =
        [
            .. (body["examples"] as JsonObject ?? []).Select(example => example.Value!["value"]),
            .. body["example"] is { } only ? [only] : Array.Empty<JsonNode>(),
        ];
        Assert.NotEmpty(examples);
        Assert.All(examples, example => Assert.Empty(Api.Check.Wrong(example, body["schema"]!)));
    });

    [Fact]
    public void Every_problem_is_of_one_type_and_its_codes_stand_beside_it()
    {
        var problems = Nodes(Api.Root).Where(node => node["content"]?["application/problem+json"] is not null).ToList();

        Assert.NotEmpty(problems);
        Assert.All(problems, problem =>
        {
            Assert.NotEmpty(problem["x-problem-codes"]!.AsArray());
            Assert.Equal(
                "#/components/schemas/Problem",
                (string?)problem["content"]!["application/problem+json"]!["schema"]!["$ref"]);
        });
    }

    private static IEnumerable<JsonNode> Bodies() => Api.Operations
        .Select(operation => operation.Operation["requestBody"]?["content"]?["application/json"])
        .OfType<JsonNode>();

    private static JsonObject Members(JsonNode? schema) => schema?["properties"] as JsonObject ?? [];

    private static bool IsRequired(JsonNode schema, string member) =>
        (schema["required"] as JsonArray ?? []).Any(name => (string?)name == member);

    private static bool MayBeNull(JsonNode schema) =>
        schema["type"] is JsonArray types && types.Any(type => (string?)type is "null")
        || schema["oneOf"] is JsonArray forms && forms.Any(form => (string?)form!["type"] is "null");

    private static IEnumerable<JsonObject> Nodes(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => Nodes(member.Value)).Prepend(members),
        JsonArray items => items.SelectMany(Nodes),
        _ => [],
    };
}
