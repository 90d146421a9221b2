using System.Globalization;
using System.Text.Json;
using ModelContextProtocol.Protocol;

namespace LocalRetrieval.ModelContextProtocol;

/// <summary>The arguments of one call, read by what the tool's schema says.</summary>
internal sealed class ToolArguments
{
    /// <summary>The longest text that a tool takes, in UTF-16 units.</summary>
    public const int MaxLength = 10_000;

    private readonly string _tool;
    private readonly IDictionary<string, JsonElement>? _arguments;

    /// <exception cref="ToolArgumentException">The tool has no argument of that name.</exception>
    public ToolArguments(Tool tool, IDictionary<string, JsonElement>? arguments)
    {
        _tool = tool.Name;
        _arguments = arguments;
        string[] known = [.. tool.InputSchema.GetProperty("properties").EnumerateObject().Select(property => property.Name)];
        if (arguments?.Keys.Except(known, StringComparer.Ordinal).FirstOrDefault() is { } unknown)
        {
            throw Wrong($"has no argument '{unknown}'; it takes {string.Join(" and ", known)}");
        }
    }

    /// <summary>A text that must be there.</summary>
    /// <param name="name">The argument.</param>
    /// <param name="what">What to pass, such as <c>a question</c>.</param>
    /// <exception cref="ToolArgumentException">It is missing, blank, too long or no text.</exception>
    public string GetText(string name, string what)
    {
        string? text = Find(name) is { ValueKind: JsonValueKind.String } value ? Read(name, value, what) : null;
        if (string.IsNullOrWhiteSpace(text))
        {
            throw Wrong($"needs '{name}', {what}, and it was {Describe(name)}");
        }

        return text.Length <= MaxLength
            ? text
            : throw Wrong(string.Create(CultureInfo.InvariantCulture, $"takes a '{name}' of at most {MaxLength} characters, and it had {text.Length}; pass a shorter one"));
    }

    /// <summary>A whole number, or null where it is not given.</summary>
    /// <exception cref="ToolArgumentException">It is none, or out of bounds.</exception>
    public int? GetInteger(string name, int least, int most)
    {
        if (Find(name) is not { ValueKind: not JsonValueKind.Null } value)
        {
            return null;
        }

        // 5.0 is a whole number of JSON Schema too.
        bool isWhole = value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) && number == Math.Floor(number) && number >= least && number <= most;
        return isWhole ? (int)value.GetDouble() : throw Wrong(string.Create(
            CultureInfo.InvariantCulture, $"takes as '{name}' a whole number {(most == int.MaxValue ? $"of at least {least}" : $"from {least} to {most}")}, and it was {Describe(name)}"));
    }

    public ToolArgumentException Wrong(string rule) => new($"The tool '{_tool}' {rule}. Call it again that way.");

    private JsonElement? Find(string name) => _arguments is not null && _arguments.TryGetValue(name, out JsonElement value) ? value : null;

    private string Describe(string name) => Find(name) is not { } value ? "not given" : value.ValueKind switch
    {
        JsonValueKind.String => string.IsNullOrWhiteSpace(value.GetString()) ? "empty" : "a text",
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        _ => value.GetRawText(),
    };

    private string Read(string name, JsonElement value, string what)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw Wrong($"needs '{name}', {what}, and it has half of a character (a lone surrogate)");
        }
    }
}
