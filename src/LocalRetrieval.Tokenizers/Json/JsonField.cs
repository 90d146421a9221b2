using System.Text;
using System.Text.Json;

namespace LocalRetrieval.Tokenizers.Json;

/// <summary>A value of a tokenizer's file that knows where it stands, so that an error can say so.</summary>
/// <param name="file">What to call the file in errors.</param>
/// <param name="path">The JSON path of the value.</param>
/// <param name="value">The value.</param>
internal readonly struct JsonField(string file, string path, JsonElement value)
{
    /// <summary>The member of that name.</summary>
    /// <exception cref="InvalidDataException">This is no object, or it has no such member.</exception>
    public JsonField this[string name] =>
        Object().TryGetProperty(name, out JsonElement member)
            ? new JsonField(file, $"{path}.{name}", member)
            : throw new JsonField(file, $"{path}.{name}", default).Invalid("nothing", "a value");

    /// <summary>The member of that name, or null where it is missing or is null.</summary>
    public JsonField? Optional(string name) =>
        Object().TryGetProperty(name, out JsonElement member) && member.ValueKind != JsonValueKind.Null
            ? new JsonField(file, $"{path}.{name}", member)
            : null;

    public bool IsArray => value.ValueKind == JsonValueKind.Array;

    public bool Has(string name) => Object().TryGetProperty(name, out _);

    public string String() => value.ValueKind == JsonValueKind.String ? Text(value.GetString) : throw Unexpected("a string");

    public bool Boolean() => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Unexpected("true or false"),
    };

    /// <summary>A token id or type id: 0 to 2,147,483,646, so that the number of ids is an integer too.</summary>
    public int Id() =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int id) && id is >= 0 and < int.MaxValue
            ? id
            : throw Unexpected($"a whole number from 0 to {int.MaxValue - 1}");

    /// <summary>A length or a limit; what is larger than an integer means no limit.</summary>
    public int Count() =>
        value.ValueKind == JsonValueKind.Number && value.TryGetUInt64(out ulong number)
            ? (int)Math.Min(number, int.MaxValue)
            : throw Unexpected("a whole number, 0 or more");

    /// <summary>A number as the reference reads it.</summary>
    public double Number() =>
        value.ValueKind == JsonValueKind.Number && ReferenceNumber.Parse(value.GetRawText()) is var number && double.IsFinite(number)
            ? number
            : throw Unexpected("a number");

    /// <summary>A text of one character.</summary>
    public Rune Character()
    {
        string text = String();
        return Rune.TryGetRuneAt(text.Length == 0 ? "\uD800" : text, 0, out Rune rune) && rune.Utf16SequenceLength == text.Length
            ? rune
            : throw Invalid($"'{text}'", "one character");
    }

    public bool IsObject => value.ValueKind == JsonValueKind.Object;

    /// <summary>The value of an enumeration whose names are those of the format.</summary>
    public T Enum<T>()
        where T : struct, Enum
    {
        string name = String();
        string[] names = System.Enum.GetNames<T>();
        return names.Contains(name) ? System.Enum.Parse<T>(name) : throw Invalid($"'{name}'", string.Join(", ", names));
    }

    /// <summary>The elements of an array.</summary>
    public IEnumerable<JsonField> Elements()
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            throw Unexpected("an array");
        }

        int index = 0;
        foreach (JsonElement element in value.EnumerateArray())
        {
            yield return new JsonField(file, $"{path}[{index++}]", element);
        }
    }

    /// <summary>The members of an object.</summary>
    public IEnumerable<(string Name, JsonField Value)> Members()
    {
        foreach (JsonProperty member in Object().EnumerateObject())
        {
            string name = Text(() => member.Name);
            yield return (name, new JsonField(file, $"{path}['{name}']", member.Value));
        }
    }

    /// <summary>The exception for a value that cannot be read.</summary>
    public InvalidDataException Invalid(string found, string supported) =>
        new($"{file}: {path} is {found}; supported: {supported}.");

    private InvalidDataException Unexpected(string supported) =>
        Invalid(value.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? $"an {value.ValueKind}" : value.GetRawText(), supported);

    private JsonElement Object() => value.ValueKind == JsonValueKind.Object ? value : throw Unexpected("an object");

    private string Text(Func<string?> read)
    {
        try
        {
            return read()!;
        }
        catch (InvalidOperationException exception)
        {
            throw new InvalidDataException($"{file}: {path} holds text that is not well-formed Unicode.", exception);
        }
    }
}
