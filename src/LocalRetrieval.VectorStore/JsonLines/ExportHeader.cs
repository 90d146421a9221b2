using System.Text.Json;
using LocalRetrieval.VectorData.Records;

namespace LocalRetrieval.VectorData.JsonLines;

/// <summary>The first line of an export: what the lines behind it are.</summary>
/// <param name="Records">How many lines are behind it; null where that is not said.</param>
/// <param name="Schema">What the records are, each property as <see cref="RecordProperty.Describe"/> says it.</param>
/// <param name="Encoders">What filled the vectors, by column; null where that is not known.</param>
internal sealed record ExportHeader(long? Records, string[] Schema, EncoderFingerprint?[] Encoders)
{
    private const string Format = "LocalRetrieval.Collection";
    private const int Version = 1;

    private const string FormatField = "format";
    private const string VersionField = "version";
    private const string CollectionField = "collection";
    private const string RecordsField = "records";
    private const string SchemaField = "schema";
    private const string EncodersField = "encoders";

    /// <param name="writer">Writes the line.</param>
    /// <param name="collection">The collection's name, for people.</param>
    /// <param name="model">What it stores.</param>
    /// <param name="records">How many lines follow.</param>
    /// <param name="encoders">What filled the vectors, by column.</param>
    public static void Write(Utf8JsonWriter writer, string collection, RecordModel model, long records, EncoderFingerprint?[] encoders)
    {
        writer.WriteStartObject();
        writer.WriteString(FormatField, Format);
        writer.WriteNumber(VersionField, Version);
        writer.WriteString(CollectionField, collection);
        writer.WriteNumber(RecordsField, records);
        writer.WriteStartArray(SchemaField);
        Array.ForEach(model.Properties, property => writer.WriteStringValue(property.Describe()));
        writer.WriteEndArray();
        writer.WriteStartObject(EncodersField);
        foreach (VectorProperty property in model.VectorColumns)
        {
            if (encoders[property.Column] is { } encoder)
            {
                writer.WritePropertyName(property.StorageName);
                writer.WriteRawValue(encoder.ToJson());
            }
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <summary>Reads the line.</summary>
    /// <exception cref="InvalidDataException">It is no such line, or one of another version.</exception>
    public static ExportHeader Read(ReadOnlyMemory<byte> line, RecordModel model)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            JsonElement root = document.RootElement;
            ThrowIfOther(root);
            return new ExportHeader(
                root.TryGetProperty(RecordsField, out JsonElement records) ? records.GetInt64() : null,
                [.. root.GetProperty(SchemaField).EnumerateArray().Select(property => property.GetString() ?? "null")],
                ReadEncoders(root, model));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            throw new InvalidDataException($"Line 1 is not the first line of an export of a collection: {exception.Message} Nothing was imported.", exception);
        }
    }

    /// <exception cref="InvalidOperationException">The records are others than a collection's.</exception>
    public void ThrowIfOther(string collection, RecordModel model)
    {
        string[] asked = [.. model.Properties.Select(property => property.Describe())];
        if (!asked.ToHashSet(StringComparer.Ordinal).SetEquals(Schema))
        {
            throw new InvalidOperationException(
                $"The export has {Join(Schema.Except(asked))} instead of {Join(asked.Except(Schema))}, which collection '{collection}' has. Nothing was imported.");
        }

        static string Join(IEnumerable<string> descriptions) => string.Join(", ", descriptions.DefaultIfEmpty("nothing"));
    }

    private static void ThrowIfOther(JsonElement root)
    {
        if (root.GetProperty(FormatField).GetString() != Format)
        {
            throw new InvalidOperationException($"'{FormatField}' is not '{Format}'.");
        }

        if (root.GetProperty(VersionField).GetInt32() is var version && version != Version)
        {
            throw new InvalidDataException($"The export is of version {version}, and this version of LocalRetrieval reads version {Version}. Nothing was imported.");
        }
    }

    private static EncoderFingerprint?[] ReadEncoders(JsonElement root, RecordModel model)
    {
        JsonElement encoders = root.GetProperty(EncodersField);
        return [.. model.VectorColumns.Select(property => encoders.TryGetProperty(property.StorageName, out JsonElement encoder) ? EncoderFingerprint.FromJson(encoder.GetRawText()) : null)];
    }
}
