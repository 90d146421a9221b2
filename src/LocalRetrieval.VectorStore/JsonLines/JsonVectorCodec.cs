using System.Text.Json;
using LocalRetrieval.VectorData.MultiVectors;
using LocalRetrieval.VectorData.Records;
using LocalRetrieval.VectorData.Values;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.VectorData.JsonLines;

/// <summary>Writes what a row has of one vector property as JSON, and reads it.</summary>
/// <remarks>
/// A dense vector is an array of its numbers, and several are an array of such. Where there is more to say it is an object: with the text that was embedded, what an <see cref="Embedding{T}"/> says of
/// itself, and "vector" or "vectors"; a sparse one always is, with "indices" and "weights".
/// </remarks>
internal sealed partial class JsonVectorCodec(VectorProperty property)
{
    private const string Text = "text";
    private const string CreatedAt = "createdAt";
    private const string ModelId = "modelId";
    private const string Vector = "vector";
    private const string Vectors = "vectors";
    private const string Indices = "indices";
    private const string Weights = "weights";

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
            ReadVector(ref reader, ref parts);
        }
        else
        {
            ReadParts(ref reader, ref parts);
        }

        return property.Kind switch
        {
            VectorKind.Sparse => ToSparse(parts),
            VectorKind.Multi => ToMulti(parts),
            _ => ToDense(parts),
        };
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
                case Vectors when property.IsMulti:
                    parts.Vectors = ReadVectors(ref reader);
                    break;
                case Indices:
                    parts.Indices = ReadIndices(ref reader);
                    break;
                default:
                    throw new InvalidDataException($"'{name}' is no part of a vector.");
            }
        }
    }

    private void ReadVector(ref Utf8JsonReader reader, ref Parts parts)
    {
        if (property.IsMulti)
        {
            parts.Vectors = ReadVectors(ref reader);
        }
        else
        {
            parts.Vector = ReadNumbers(ref reader);
        }
    }

    private float[] ReadVectors(ref Utf8JsonReader reader)
    {
        JsonTokens.Expect(JsonTokenType.StartArray, ref reader);
        List<float> numbers = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            float[] vector = ReadNumbers(ref reader);
            if (vector.Length != property.Dimensions)
            {
                throw new InvalidDataException($"Vector {numbers.Count / property.Dimensions} has {vector.Length} dimensions, and property '{property.Name}' has such of {property.Dimensions}.");
            }

            numbers.AddRange(vector);
        }

        return [.. numbers];
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

    private VectorValue ToMulti(Parts parts)
    {
        MultiVectorEmbedding vectors = new(parts.Vectors ?? throw new InvalidDataException($"There are no '{Vectors}'."), property.Dimensions);
        return property.FindFault((Microsoft.Extensions.AI.Embedding)vectors) is { } fault
            ? throw new InvalidDataException($"The vector {fault}.")
            : new VectorValue(parts.Mark, Dense: null, Sparse: null, new TokenArray(property.Tokens, vectors.Vectors.Span));
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
        public float[]? Vectors;
        public int[]? Indices;

        /// <summary>What a row keeps beside the numbers.</summary>
        public readonly object Mark => Text is not null ? Text
            : CreatedAt is null && ModelId is null ? VectorFormat.Present
            : VectorFormat.Described(CreatedAt, ModelId);
    }
}
