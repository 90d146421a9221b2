using System.Text;
using System.Text.Json;

namespace LocalRetrieval;

public sealed partial class EncoderFingerprint
{
    private const string VersionField = "version";
    private const string ComponentsField = "components";
    private const string NameField = "name";
    private const string HashField = "hash";
    private const string DescriptionField = "description";

    /// <summary>The fingerprint with its parts as JSON, for a file or a database; <see cref="FromJson"/> reads it.</summary>
    public string ToJson()
    {
        using MemoryStream json = new();
        using (Utf8JsonWriter writer = new(json))
        {
            writer.WriteStartObject();
            writer.WriteString(VersionField, Version);
            writer.WriteStartArray(ComponentsField);
            foreach (FingerprintComponent component in Components)
            {
                writer.WriteStartObject();
                writer.WriteString(NameField, component.Name);
                writer.WriteString(HashField, component.Hash);
                if (component.Description is not null)
                {
                    writer.WriteString(DescriptionField, component.Description);
                }

                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(json.ToArray());
    }

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">The JSON.</param>
    /// <exception cref="ArgumentNullException"><paramref name="json"/> is null.</exception>
    /// <exception cref="InvalidDataException">It is not a fingerprint, or one of another version.</exception>
    public static EncoderFingerprint FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            string? version = Require(document.RootElement, VersionField).GetString();
            return version == Version
                ? new EncoderFingerprint(Require(document.RootElement, ComponentsField).EnumerateArray().Select(Read))
                : throw new InvalidDataException($"The encoder's fingerprint is of version '{version}', which is not supported. Supported: '{Version}'. Fill the collection again.");
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or ArgumentException)
        {
            throw new InvalidDataException($"The encoder's fingerprint cannot be read: {exception.Message}", exception);
        }
    }

    private static FingerprintComponent Read(JsonElement component) => new(
        Require(component, NameField).GetString() ?? throw new InvalidOperationException($"a component's {NameField} is null"),
        Require(component, HashField).GetString() ?? throw new InvalidOperationException($"a component's {HashField} is null"),
        component.TryGetProperty(DescriptionField, out JsonElement description) ? description.GetString() : null);

    private static JsonElement Require(JsonElement element, string field) =>
        element.TryGetProperty(field, out JsonElement value) ? value : throw new InvalidOperationException($"it lacks '{field}'");
}
