using System.Globalization;
using System.Text.Json;

namespace LocalRetrieval.VectorData.Values;

/// <summary>How values of each type stand in JSON: as others write them too, where that says all of the value.</summary>
internal static class JsonForms
{
    /// <summary>What a local time stands behind: what the clock shows, without saying where.</summary>
    private const string Local = "local";

    public static readonly JsonForm<string> Text = new(JsonText.Write, JsonText.Read);
    public static readonly JsonForm<bool> Boolean = new(static (writer, value) => writer.WriteBooleanValue(value), static (ref reader) => reader.GetBoolean());
    public static readonly JsonForm<char> Character = new(static (writer, value) => JsonText.Write(writer, value.ToString()), ReadCharacter);
    public static readonly JsonForm<byte> Byte = new(static (writer, value) => writer.WriteNumberValue((uint)value), static (ref reader) => reader.GetByte());
    public static readonly JsonForm<sbyte> SByte = new(static (writer, value) => writer.WriteNumberValue((int)value), static (ref reader) => reader.GetSByte());
    public static readonly JsonForm<short> Int16 = new(static (writer, value) => writer.WriteNumberValue((int)value), static (ref reader) => reader.GetInt16());
    public static readonly JsonForm<ushort> UInt16 = new(static (writer, value) => writer.WriteNumberValue((uint)value), static (ref reader) => reader.GetUInt16());
    public static readonly JsonForm<int> Int32 = new(static (writer, value) => writer.WriteNumberValue(value), static (ref reader) => reader.GetInt32());
    public static readonly JsonForm<uint> UInt32 = new(static (writer, value) => writer.WriteNumberValue(value), static (ref reader) => reader.GetUInt32());
    public static readonly JsonForm<long> Int64 = new(static (writer, value) => writer.WriteNumberValue(value), static (ref reader) => reader.GetInt64());
    public static readonly JsonForm<ulong> UInt64 = new(static (writer, value) => writer.WriteNumberValue(value), static (ref reader) => reader.GetUInt64());
    public static readonly JsonForm<Half> Half = new(static (writer, value) => WriteSingle(writer, (float)value), static (ref reader) => (Half)ReadSingle(ref reader));
    public static readonly JsonForm<float> Single = new(WriteSingle, ReadSingle);
    public static readonly JsonForm<double> Double = new(WriteDouble, ReadDouble);
    public static readonly JsonForm<decimal> Decimal = new(static (writer, value) => writer.WriteNumberValue(value), static (ref reader) => reader.GetDecimal());
    public static readonly JsonForm<Guid> Guid = new(static (writer, value) => writer.WriteStringValue(value), static (ref reader) => reader.GetGuid());
    public static readonly JsonForm<DateTime> DateTime = new(WriteTime, ReadTime);
    public static readonly JsonForm<DateTimeOffset> DateTimeOffset = new(static (writer, value) => writer.WriteStringValue(value), static (ref reader) => reader.GetDateTimeOffset());
    public static readonly JsonForm<DateOnly> DateOnly = new(
        static (writer, value) => writer.WriteStringValue(value.ToString("O", CultureInfo.InvariantCulture)),
        static (ref reader) => System.DateOnly.ParseExact(ReadString(ref reader), "O", CultureInfo.InvariantCulture));

    public static readonly JsonForm<TimeOnly> TimeOnly = new(
        static (writer, value) => writer.WriteStringValue(value.ToString("O", CultureInfo.InvariantCulture)),
        static (ref reader) => System.TimeOnly.ParseExact(ReadString(ref reader), "O", CultureInfo.InvariantCulture));

    public static readonly JsonForm<TimeSpan> TimeSpan = new(
        static (writer, value) => writer.WriteStringValue(value.ToString("c", CultureInfo.InvariantCulture)),
        static (ref reader) => System.TimeSpan.ParseExact(ReadString(ref reader), "c", CultureInfo.InvariantCulture));

    private static string ReadString(ref Utf8JsonReader reader)
    {
        JsonTokens.Expect(JsonTokenType.String, ref reader);
        return reader.GetString()!;
    }

    private static char ReadCharacter(ref Utf8JsonReader reader) =>
        JsonText.Read(ref reader) is [var character] ? character : throw new InvalidDataException("A text stands where one character is expected.");

    private static void WriteSingle(Utf8JsonWriter writer, float value)
    {
        if (float.IsFinite(value))
        {
            writer.WriteNumberValue(value);
        }
        else
        {
            writer.WriteStringValue(value.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static float ReadSingle(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String ? float.Parse(reader.GetString()!, NumberStyles.Float, CultureInfo.InvariantCulture) : reader.GetSingle();

    private static void WriteDouble(Utf8JsonWriter writer, double value)
    {
        if (double.IsFinite(value))
        {
            writer.WriteNumberValue(value);
        }
        else
        {
            writer.WriteStringValue(value.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static double ReadDouble(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String ? double.Parse(reader.GetString()!, NumberStyles.Float, CultureInfo.InvariantCulture) : reader.GetDouble();

    private static void WriteTime(Utf8JsonWriter writer, DateTime value)
    {
        if (value.Kind != DateTimeKind.Local)
        {
            writer.WriteStringValue(value);
            return;
        }

        writer.WriteStartObject();
        writer.WriteString(Local, System.DateTime.SpecifyKind(value, DateTimeKind.Unspecified));
        writer.WriteEndObject();
    }

    private static DateTime ReadTime(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return reader.GetDateTime();
        }

        reader.Read();
        if (!reader.ValueTextEquals(Local))
        {
            throw new InvalidDataException($"'{reader.GetString()}' stands where '{Local}' is expected.");
        }

        reader.Read();
        DateTime value = System.DateTime.SpecifyKind(reader.GetDateTime(), DateTimeKind.Local);
        reader.Read();
        JsonTokens.Expect(JsonTokenType.EndObject, ref reader);
        return value;
    }
}
