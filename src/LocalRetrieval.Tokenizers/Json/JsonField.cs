using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LocalRetrieval.Tokenizers.Json;

/// <summary>A value of a tokenizer's file that knows where it stands, so that an error can say so.</summary>
/// <param name="file">What to call the file in errors.</param>
/// <param name="path">The JSON path of the value.</param>
/// <param name="value">The value.</param>
internal readonly struct JsonField(string file, string path, JsonElement value)
{
    /// <summary>How much of a path, and of what was found, an error shows.</summary>
    private const int ShownLimit = 300;

    /// <summary>The root of a file.</summary>
    /// <exception cref="InvalidDataException">The content is not JSON.</exception>
    public static JsonField Parse(ReadOnlyMemory<byte> utf8Json, string file)
    {
        using JsonDocument document = JsonFile.Parse(utf8Json, file);
        return new JsonField(file, "$", document.RootElement.Clone());
    }

    /// <summary>The member of that name.</summary>
    /// <exception cref="InvalidDataException">This is no object, or it has no such member.</exception>
    public JsonField this[string name] =>
        TryGet(name, out JsonElement member)
            ? new JsonField(file, $"{path}.{name}", member)
            : throw new JsonField(file, $"{path}.{name}", default).Invalid("missing", "a value");

    /// <summary>The member of that name, or null where it is missing or is null.</summary>
    public JsonField? Optional(string name) =>
        TryGet(name, out JsonElement member) && member.ValueKind != JsonValueKind.Null
            ? new JsonField(file, $"{path}.{name}", member)
            : null;

    public bool IsString => value.ValueKind == JsonValueKind.String;

    public bool IsArray => value.ValueKind == JsonValueKind.Array;

    /// <summary>The number of members of an object, or elements of an array; 0 for anything else.</summary>
    public int EntryCount => value.ValueKind switch
    {
        JsonValueKind.Object => value.GetPropertyCount(),
        JsonValueKind.Array => value.GetArrayLength(),
        _ => 0,
    };

    /// <summary>The value's JSON, for what is too large to be walked element by element.</summary>
    public ReadOnlySpan<byte> Utf8Json => JsonMarshal.GetRawUtf8Value(value);

    public bool Has(string name) => TryGet(name, out _);

    public string String() => value.ValueKind == JsonValueKind.String ? Text(value.GetString) : throw Unexpected("a string");

    public bool Boolean() => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Unexpected("true or false"),
    };

    /// <summary>A token id or type id: 0 to 2,147,483,646, so that the number of ids is an integer too.</summary>
    public int Id() =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int id) && id is >= 0 and < int.MaxValue && Utf8Json[0] != '-'
            ? id
            : throw Unexpected($"a whole number from 0 to {int.MaxValue - 1}");

    /// <summary>A length or a limit; what is larger than an integer means no limit.</summary>
    public int Count() =>
        value.ValueKind == JsonValueKind.Number && value.TryGetUInt64(out ulong number) && Utf8Json[0] != '-'
            ? (int)Math.Min(number, int.MaxValue)
            : throw Unexpected("a whole number, 0 or more");

    /// <summary>A length that is to be made room for.</summary>
    public int Count(int limit) => Count() is var count && count <= limit ? count : throw Unexpected($"a whole number from 0 to {limit}");

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

    /// <summary>Refuses a member that is there twice, as the reference does of objects whose members it knows.</summary>
    /// <param name="name">The member; null for all of them, and those of the objects in them.</param>
    public void RefuseRepeated(string? name = null)
    {
        if (value.ValueKind == JsonValueKind.Object)
        {
            HashSet<string> names = [];
            foreach ((string member, JsonField field) in Members())
            {
                if ((name is null || member == name) && !names.Add(member))
                {
                    throw field.Invalid("there twice", "each member once");
                }

                if (name is null)
                {
                    field.RefuseRepeated();
                }
            }
        }
        else if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonField element in Elements())
            {
                element.RefuseRepeated();
            }
        }
    }

    /// <summary>Another value in the place of this one.</summary>
    public JsonField Replace(JsonNode replacement) => new(file, path, JsonElement.Parse(replacement.ToJsonString()));

    /// <summary>The exception for a value that cannot be read.</summary>
    public InvalidDataException Invalid(string found, string supported) =>
        new($"{file}: {Shorten(path)} is {(found == "''" ? "empty" : Shorten(found))}; supported: {supported}.");

    private static string Shorten(string text) =>
        text.Length <= ShownLimit ? text : $"{text.AsSpan(0, ShownLimit)}… ({text.Length} characters)";

    private InvalidDataException Unexpected(string supported) =>
        Invalid(
            value.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? $"an {value.ValueKind}" : Encoding.UTF8.GetString(Utf8Json),
            supported);

    private JsonElement Object() => value.ValueKind == JsonValueKind.Object ? value : throw Unexpected("an object");

    private bool TryGet(string name, out JsonElement member)
    {
        JsonElement parent = Object();
        try
        {
            return parent.TryGetProperty(name, out member);
        }
        catch (InvalidOperationException exception)
        {
            throw IllFormed(exception);
        }
    }

    private string Text(Func<string?> read)
    {
        try
        {
            return read()!;
        }
        catch (InvalidOperationException exception)
        {
            throw IllFormed(exception);
        }
    }

    private InvalidDataException IllFormed(InvalidOperationException exception) =>
        new($"{file}: {Shorten(path)} holds text that is not well-formed Unicode.", exception);
}
