using System.Text.Json;
using ModelContextProtocol.Protocol;

namespace LocalRetrieval.ModelContextProtocol.Tests;

/// <summary>Reads the results of tools.</summary>
internal static class ToolResults
{
    /// <summary>The structured content, which the one text item says too.</summary>
    public static JsonElement Structured(this CallToolResult result)
    {
        string text = Assert.IsType<TextContentBlock>(Assert.Single(result.Content)).Text;
        Assert.False(result.IsError ?? false, text);
        JsonElement structured = result.StructuredContent!.Value;
        Assert.True(JsonElement.DeepEquals(structured, JsonElement.Parse(text)));
        return structured;
    }

    /// <summary>What a tool error says.</summary>
    public static string Error(this CallToolResult result)
    {
        string text = Assert.IsType<TextContentBlock>(Assert.Single(result.Content)).Text;
        Assert.True(result.IsError, text);
        Assert.Null(result.StructuredContent);
        return text;
    }

    public static string[] Names(this JsonElement value) => [.. value.EnumerateObject().Select(property => property.Name)];
}
