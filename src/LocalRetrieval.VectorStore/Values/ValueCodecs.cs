using LocalRetrieval.VectorData.Log;
using LocalRetrieval.VectorData.Records;

namespace LocalRetrieval.VectorData.Values;

/// <summary>The types whose values can be written to disk.</summary>
/// <remarks>All are named, so that none is made by reflection: this works trimmed, and where no code can be compiled.</remarks>
internal static class ValueCodecs
{
    public const string Supported =
        "string, bool, char, numbers, Guid, DateTime, DateTimeOffset, DateOnly, TimeOnly, TimeSpan, enumerations, and arrays, List, HashSet and Dictionary (by string) of those but the last";

    private static readonly Dictionary<Type, ValueCodec> Codecs = Make();

    /// <summary>What writes a type; null where nothing does.</summary>
    public static ValueCodec? Find(Type type)
    {
        Type bare = Nullable.GetUnderlyingType(type) ?? type;
        return Codecs.GetValueOrDefault(bare) ?? (bare.IsEnum ? new EnumCodec(bare) : null);
    }

    /// <summary>What writes the values of records by slot; null for vectors.</summary>
    /// <param name="model">The records.</param>
    /// <param name="refusal">Says behind a type what it cannot be.</param>
    /// <exception cref="NotSupportedException">A property is of a type that cannot be written.</exception>
    public static ValueCodec?[] Of(RecordModel model, string refusal) => [.. model.Properties.Select(property => property is VectorProperty ? null
        : Find(property.Type) ?? throw new NotSupportedException($"Property '{property.Name}' is of type {property.Type}, which {refusal} {Supported}."))];

    private static Dictionary<Type, ValueCodec> Make()
    {
        Dictionary<Type, ValueCodec> codecs = [];
        AddReference(new ScalarCodec<string>(static (writer, value) => writer.WriteText(value), static (ref reader) => reader.ReadText(), JsonForms.Text));
        AddNumber(JsonForms.Boolean);
        AddNumber(JsonForms.Character);
        AddNumber(JsonForms.Byte);
        AddNumber(JsonForms.SByte);
        AddNumber(JsonForms.Int16);
        AddNumber(JsonForms.UInt16);
        AddNumber(JsonForms.Int32);
        AddNumber(JsonForms.UInt32);
        AddNumber(JsonForms.Int64);
        AddNumber(JsonForms.UInt64);
        AddNumber(JsonForms.Half);
        AddNumber(JsonForms.Single);
        AddNumber(JsonForms.Double);
        AddNumber(JsonForms.Decimal);
        AddNumber(JsonForms.Guid);
        AddValue(WriteTime, ReadTime, JsonForms.DateTime);
        AddValue(WriteOffset, ReadOffset, JsonForms.DateTimeOffset);
        AddValue(static (writer, value) => writer.Write(value.DayNumber), static (ref reader) => DateOnly.FromDayNumber(reader.Read<int>()), JsonForms.DateOnly);
        AddValue(static (writer, value) => writer.Write(value.Ticks), static (ref reader) => new TimeOnly(reader.Read<long>()), JsonForms.TimeOnly);
        AddValue(static (writer, value) => writer.Write(value.Ticks), static (ref reader) => new TimeSpan(reader.Read<long>()), JsonForms.TimeSpan);
        return codecs;

        void AddNumber<T>(JsonForm<T> json)
            where T : unmanaged => AddValue(static (writer, value) => writer.Write(value), static (ref reader) => reader.Read<T>(), json);

        void AddValue<T>(Action<ByteWriter, T> write, ScalarReader<T> read, JsonForm<T> json)
            where T : struct
        {
            ScalarCodec<T> scalar = new(write, read, json);
            Add<T>(scalar);
            AddCollections<T?>(scalar);
        }

        void AddReference<T>(ScalarCodec<T> scalar)
            where T : class => Add<T>(scalar);

        void Add<T>(ValueCodec scalar)
        {
            codecs.Add(typeof(T), scalar);
            AddCollections<T>(scalar);
        }

        void AddCollections<T>(ValueCodec scalar)
        {
            codecs.Add(typeof(T[]), new SequenceCodec<T>(scalar, static items => items));
            codecs.Add(typeof(List<T>), new SequenceCodec<T>(scalar, static items => new List<T>(items)));
            codecs.Add(typeof(HashSet<T>), new SequenceCodec<T>(scalar, static items => new HashSet<T>(items)));
            codecs.Add(typeof(Dictionary<string, T>), new DictionaryCodec<T>(scalar));
        }
    }

    // As the clock shows it: a local time is the same text wherever it is read.
    private static void WriteTime(ByteWriter writer, DateTime value)
    {
        writer.Write(value.Ticks);
        writer.WriteByte((byte)value.Kind);
    }

    private static DateTime ReadTime(ref ByteReader reader)
    {
        long ticks = reader.Read<long>();
        return new DateTime(ticks, (DateTimeKind)reader.ReadByte());
    }

    private static void WriteOffset(ByteWriter writer, DateTimeOffset value)
    {
        writer.Write(value.Ticks);
        writer.Write((short)value.TotalOffsetMinutes);
    }

    private static DateTimeOffset ReadOffset(ref ByteReader reader)
    {
        long ticks = reader.Read<long>();
        return new DateTimeOffset(ticks, TimeSpan.FromMinutes(reader.Read<short>()));
    }
}
