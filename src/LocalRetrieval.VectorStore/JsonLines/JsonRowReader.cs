using System.Text.Json;
using LocalRetrieval.VectorData.Records;
using LocalRetrieval.VectorData.Storage;
using LocalRetrieval.VectorData.Values;

namespace LocalRetrieval.VectorData.JsonLines;

/// <summary>Reads what <see cref="JsonRowWriter"/> wrote.</summary>
internal sealed class JsonRowReader
{
    private readonly RecordModel _model;
    private readonly Dictionary<string, int> _slots;
    private readonly ValueCodec?[] _values;
    private readonly JsonVectorCodec[] _vectors;

    /// <exception cref="NotSupportedException">A property is of a type that cannot be read.</exception>
    public JsonRowReader(RecordModel model)
    {
        _model = model;
        _slots = model.Properties.ToDictionary(property => property.StorageName, property => property.Slot, StringComparer.Ordinal);
        _values = CodecsOf(model);
        _vectors = [.. model.VectorColumns.Select(property => new JsonVectorCodec(property))];
    }

    /// <summary>What writes and reads the values of exports by slot; null for vectors.</summary>
    /// <exception cref="NotSupportedException">A property is of a type that cannot be written.</exception>
    public static ValueCodec?[] CodecsOf(RecordModel model) => ValueCodecs.Of(model, "cannot be exported or imported. Values can be of");

    /// <summary>Whether an exception says that what is read is not as it was written: those of System.Text.Json have no type in common.</summary>
    public static bool IsOfTheLine(Exception exception) =>
        exception is JsonException or InvalidDataException or InvalidOperationException or FormatException or ArgumentException or OverflowException;

    /// <summary>Reads a row into a batch, which stays as it is where that fails.</summary>
    /// <exception cref="InvalidDataException">It is no row of the collection.</exception>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public void Read(ReadOnlySpan<byte> json, PendingRows rows)
    {
        Utf8JsonReader reader = new(json);
        object?[] values = new object?[_model.Properties.Length];
        var vectors = new VectorValue[_model.VectorColumns.Length];
        bool[] isThere = new bool[values.Length];
        reader.Read();
        JsonTokens.Expect(JsonTokenType.StartObject, ref reader);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            int slot = ReadName(ref reader, isThere);
            values[slot] = ReadValue(ref reader, _model.Properties[slot], vectors);
        }

        // Behind it stands nothing, or the reader throws.
        reader.Read();
        if (Array.IndexOf(isThere, false) is >= 0 and var missing)
        {
            throw new InvalidDataException($"'{_model.Properties[missing].StorageName}' is missing.");
        }

        int row = rows.Add(values);
        foreach (VectorProperty property in _model.VectorColumns)
        {
            vectors[property.Column].Store(rows, row, property);
        }
    }

    private int ReadName(ref Utf8JsonReader reader, bool[] isThere)
    {
        string name = reader.GetString()!;
        if (!_slots.TryGetValue(name, out int slot))
        {
            throw new InvalidDataException($"'{name}' is no property of the collection.");
        }

        if (isThere[slot])
        {
            throw new InvalidDataException($"'{name}' is there twice.");
        }

        isThere[slot] = true;
        reader.Read();
        return slot;
    }

    private object? ReadValue(ref Utf8JsonReader reader, RecordProperty property, VectorValue[] vectors)
    {
        try
        {
            if (property is VectorProperty vector)
            {
                vectors[vector.Column] = _vectors[vector.Column].Read(ref reader);
                return vectors[vector.Column].Mark;
            }

            object? value = _values[property.Slot]!.Read(ref reader);
            return value is null && property is not DataProperty { IsNullable: true }
                ? throw new InvalidDataException($"It is null, and of type {property.Type}.")
                : value;
        }
        catch (Exception exception) when (IsOfTheLine(exception))
        {
            throw new InvalidDataException($"'{property.StorageName}': {exception.Message}", exception);
        }
    }
}
