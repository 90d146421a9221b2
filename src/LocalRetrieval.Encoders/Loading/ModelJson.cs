using System.Globalization;
using System.Text;
using System.Text.Json;

namespace LocalRetrieval.Encoders;

/// <summary>A JSON object of a model's file, read with errors that name the file and the field.</summary>
internal sealed class ModelJson
{
    // How much of a file an error shows.
    private const int ShownBytes = 40;

    private readonly JsonElement _object;
    private readonly string _prefix;

    public ModelJson(string file, string location, JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw new InvalidDataException($"{file}: {(location.Length == 0 ? "the root" : location)} is a JSON {element.ValueKind}, expected an object.");
        }

        File = file;
        _prefix = location.Length == 0 ? "" : location + ".";
        _object = element;
    }

    public string File { get; }

    public static ModelJson Read(string file) => new(file, "", Parse(file));

    public static JsonElement Parse(string file)
    {
        byte[] content = System.IO.File.ReadAllBytes(file);
        try
        {
            using JsonDocument document = JsonDocument.Parse(content);
            return document.RootElement.Clone();
        }
        catch (JsonException exception)
        {
            // What stands there is often the page of a failed download.
            string start = content.Length == 0 ? "it is empty" : $"it begins with '{Encoding.UTF8.GetString(content.AsSpan(0, Math.Min(content.Length, ShownBytes))).ReplaceLineEndings(" ")}'";
            throw new InvalidDataException($"{file} is not JSON, {start}. {exception.Message} Download the file again.", exception);
        }
    }

    public ModelJson? Object(string field) => Find(field) is { } value ? new ModelJson(File, _prefix + field, value) : null;

    public string? String(string field) => Find(field) is { } value
        ? value.ValueKind == JsonValueKind.String ? value.GetString() : throw Unexpected(field, value, "a string")
        : null;

    public bool? Boolean(string field) => Find(field) is { } value
        ? value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw Unexpected(field, value, "true or false")
        : null;

    /// <summary>A positive whole number; null where it is missing, or so large that it only says "no limit" (published files hold 1e30).</summary>
    public int? Limit(string field)
    {
        if (Find(field) is not { } value)
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Number || !value.TryGetDouble(out double number) || number < 1)
        {
            throw Unexpected(field, value, "a number of at least 1");
        }

        return number <= int.MaxValue && number == Math.Floor(number) ? (int)number : number > int.MaxValue ? null : throw Unexpected(field, value, "a whole number");
    }

    /// <summary>A list of positive whole numbers; null where it is missing.</summary>
    public int[]? Limits(string field) => Find(field) is not { } value ? null
        : value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Number && item.TryGetInt32(out int number) && number >= 1)
            ? [.. value.EnumerateArray().Select(item => item.GetInt32())]
            : throw Unexpected(field, value, "a list of whole numbers of at least 1");

    public bool IsNegative(string field) => Find(field) is { ValueKind: JsonValueKind.Number } value && value.TryGetDouble(out double number) && number < 0;

    public int? Integer(string field) => Find(field) is { } value
        ? value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) ? number : throw Unexpected(field, value, "a whole number")
        : null;

    /// <summary>A list of strings, or one string as a list of one; null where it is missing.</summary>
    public string[]? StringList(string field) => Find(field) is not { } value ? null
        : value.ValueKind == JsonValueKind.String ? [value.GetString()!]
        : value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String) ? [.. value.EnumerateArray().Select(item => item.GetString()!)]
        : throw Unexpected(field, value, "a string or a list of strings");

    /// <summary>A token: a string, or an object that holds it as <c>content</c>.</summary>
    public string? Token(string field) => Find(field) is { ValueKind: JsonValueKind.Object } ? Object(field)!.String("content") : String(field);

    /// <summary>The names of the fields that are not null.</summary>
    public IEnumerable<string> Names => _object.EnumerateObject().Where(property => property.Value.ValueKind != JsonValueKind.Null).Select(property => property.Name);

    /// <summary>The fields of this object whose values are strings.</summary>
    public IEnumerable<KeyValuePair<string, string>> Strings() =>
        _object.EnumerateObject().Where(property => property.Value.ValueKind == JsonValueKind.String).Select(property => KeyValuePair.Create(property.Name, property.Value.GetString()!));

    /// <summary>The names of the fields that are true and start with <paramref name="prefix"/>.</summary>
    public IEnumerable<string> TrueFields(string prefix) =>
        _object.EnumerateObject().Where(property => property.Name.StartsWith(prefix, StringComparison.Ordinal) && property.Value.ValueKind == JsonValueKind.True).Select(property => property.Name);

    public InvalidDataException Unsupported(string field, string found, string supported) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{File}: {_prefix}{field} is {(found == "''" ? "empty" : found)}, which is not supported. Supported: {supported}."));

    /// <summary>The refusal of an object that lacks a field.</summary>
    /// <param name="field">The field.</param>
    /// <param name="expected">What it should hold.</param>
    /// <param name="fix">What to do about it; null where <paramref name="expected"/> says enough.</param>
    public InvalidDataException Missing(string field, string expected, string? fix = null) =>
        new($"{File}: {_prefix}{field} is missing, expected {expected}.{(fix is null ? "" : " ")}{fix}");

    private InvalidDataException Unexpected(string field, JsonElement value, string expected) =>
        new($"{File}: {_prefix}{field} is {value.GetRawText()}, expected {expected}.");

    private JsonElement? Find(string field) =>
        _object.TryGetProperty(field, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
