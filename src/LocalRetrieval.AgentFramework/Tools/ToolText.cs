using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.AgentFramework;

/// <summary>Says in words what a function does.</summary>
internal static partial class ToolText
{
    /// <summary>Its name in words and its description, then its parameters, each with its description.</summary>
    public static string Of(AIFunctionDeclaration tool)
    {
        StringBuilder text = new(Words(tool.Name));
        if (!string.IsNullOrWhiteSpace(tool.Description))
        {
            text.Append(": ").Append(tool.Description.Trim());
        }

        foreach (JsonProperty parameter in ParametersOf(tool.JsonSchema))
        {
            text.Append('\n').Append(Words(parameter.Name));
            if (DescriptionOf(parameter.Value) is { Length: > 0 } description)
            {
                text.Append(": ").Append(description);
            }
        }

        return text.ToString();
    }

    /// <summary>A name's words: "getHTTPStatus_code" is "get http status code".</summary>
    public static string Words(string name) => string.Join(' ', WordRegex().Matches(name).Select(word => word.Value)).ToLowerInvariant();

    private static JsonElement.ObjectEnumerator ParametersOf(JsonElement schema) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("properties", out JsonElement properties) && properties.ValueKind == JsonValueKind.Object
            ? properties.EnumerateObject()
            : default;

    private static string? DescriptionOf(JsonElement parameter) =>
        parameter.ValueKind == JsonValueKind.Object && parameter.TryGetProperty("description", out JsonElement description) && description.ValueKind == JsonValueKind.String
            ? description.GetString()!.Trim()
            : null;

    [GeneratedRegex(@"\p{Lu}+(?!\p{Ll})|\p{Lu}?[\p{L}-[\p{Lu}]]+|\d+", RegexOptions.CultureInvariant)]
    private static partial Regex WordRegex();
}
