using System.Text.Json;
using LocalRetrieval.VectorData.Records;
using LocalRetrieval.VectorData.Values;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.VectorData.JsonLines;

/// <summary>Writes what a row has of one vector property as JSON, and reads it.</summary>
/// <remarks>
/// A dense vector is an array of its numbers. Where there is more to say it is an object: with the text that was embedded, what an <see cref="Embedding{T}"/> says of itself, and "vector"; a sparse
/// one always is, with "indices" and "weights".
/// </remarks>
internal sealed class JsonVectorCodec(VectorProperty property)
{
    private const string Text = "text";
    private const string CreatedAt = "createdAt";
    private const string ModelId = "modelId";
    private const string Vector = "vector";
    private const string Indices = "indices";
    private const string Weights = "weights";

    public static void Write(Utf8JsonWriter writer, object mark, ReadOnlySpan<float> vector)
    {
        bool isPlain = mark is not (string or Microsoft.Extensions.AI.Embedding);
        if (!isPlain)
        {
            writer.WriteStartObject();
            WriteMark(writer, mark);
            writer.WritePropertyName(Vector);
        }

        WriteNumbers(writer, vector);
        if (!isPlain)
        {
            writer.WriteEndObject();
        }
    }

    public static void Write(Utf8JsonWriter writer, object mark, SparseEmbedding vector)
    {
        writer.WriteStartObject();
        WriteMark(writer, mark);
        writer.WriteStartArray(Indices);
        foreach (int index in vector.Indices.Span)
        {
            writer.WriteNumberValue(index);
        }

        writer.WriteEndArray();
        writer.WritePropertyName(Weights);
        WriteNumbers(writer, vector.Weights.Span);
        writer.WriteEndObject();
    }

    /// <summary>Reads a value, which may be null.</summary>
    /// <exception cref="InvalidDataException">It is no vector of the property. Any other exception of a reader says the same.</exception>
    public VectorValue Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return default;
        }

        Parts parts = default;
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            parts.Vector = ReadNumbers(ref reader);
        }
        else
        {
            ReadParts(ref reader, ref parts);
        }

        return property.IsSparse ? ToSparse(parts) : ToDense(parts);
    }

    private static void WriteMark(Utf8JsonWriter writer, object mark)
    {
        if (mark is string text)
        {
            writer.WritePropertyName(Text);
            JsonText.Write(writer, text);
        }
        else if (mark is Microsoft.Extensions.AI.Embedding embedding)
        {
            if (embedding.CreatedAt is { } createdAt)
            {
                writer.WriteString(CreatedAt, createdAt);
            }

            if (embedding.ModelId is { } modelId)
            {
                writer.WritePropertyName(ModelId);
                JsonText.Write(writer, modelId);
            }
        }
    }

    private static void WriteNumbers(Utf8JsonWriter writer, ReadOnlySpan<float> numbers)
    {
        writer.WriteStartArray();
        foreach (float number in numbers)
        {
            writer.WriteNumberValue(number);
        }

        writer.WriteEndArray();
    }

    private void ReadParts(ref Utf8JsonReader reader, ref Parts parts)
    {
        JsonTokens.Expect(JsonTokenType.StartObject, ref reader);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            string name = reader.GetString()!;
            reader.Read();
            switch (name)
            {
                case Text:
                    parts.Text = JsonText.Read(ref reader);
                    break;
                case CreatedAt:
                    parts.CreatedAt = reader.GetDateTimeOffset();
                    break;
                case ModelId:
                    parts.ModelId = JsonText.Read(ref reader);
                    break;
                case Vector or Weights:
                    parts.Vector = ReadNumbers(ref reader);
                    break;
                case Indices:
                    parts.Indices = ReadIndices(ref reader);
                    break;
                default:
                    throw new InvalidDataException($"'{name}' is no part of a vector.");
            }
        }
    }

    private float[] ReadNumbers(ref Utf8JsonReader reader)
    {
        JsonTokens.Expect(JsonTokenType.StartArray, ref reader);
        List<float> numbers = new(property.IsSparse ? 0 : property.Dimensions);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            numbers.Add(reader.GetSingle());
        }

        return [.. numbers];
    }

    private static int[] ReadIndices(ref Utf8JsonReader reader)
    {
        JsonTokens.Expect(JsonTokenType.StartArray, ref reader);
        List<int> indices = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            indices.Add(reader.GetInt32());
        }

        return [.. indices];
    }

    private VectorValue ToDense(Parts parts)
    {
        float[] vector = parts.Vector ?? throw new InvalidDataException($"There is no '{Vector}'.");
        return property.FindFault(vector) is { } fault
            ? throw new InvalidDataException($"The vector {fault}.")
            : new VectorValue(parts.Mark, vector, Sparse: null);
    }

    private VectorValue ToSparse(Parts parts)
    {
        if (parts.Indices is null || parts.Vector is null)
        {
            throw new InvalidDataException($"There are no '{Indices}' and '{Weights}'.");
        }

        SparseEmbedding vector = new(parts.Indices, parts.Vector, property.Dimensions) { CreatedAt = parts.CreatedAt, ModelId = parts.ModelId };
        return property.FindFault(vector) is { } fault
            ? throw new InvalidDataException($"The vector {fault}.")
            : new VectorValue(property.Format is null ? parts.Mark : vector, Dense: null, vector);
    }

    private struct Parts
    {
        public string? Text;
        public DateTimeOffset? CreatedAt;
        public string? ModelId;
        public float[]? Vector;
        public int[]? Indices;

        /// <summary>What a row keeps beside the numbers.</summary>
        public readonly object Mark => Text is not null ? Text
            : CreatedAt is null && ModelId is null ? VectorFormat.Present
            : VectorFormat.Described(CreatedAt, ModelId);
    }
}
