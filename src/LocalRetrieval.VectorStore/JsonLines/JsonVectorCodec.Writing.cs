using System.Text.Json;
using LocalRetrieval.VectorData.Values;

namespace LocalRetrieval.VectorData.JsonLines;

internal sealed partial class JsonVectorCodec
{
    public static void Write(Utf8JsonWriter writer, object mark, ReadOnlySpan<float> vector)
    {
        bool isPlain = Begin(writer, mark, Vector);
        WriteNumbers(writer, vector);
        End(writer, isPlain);
    }

    /// <summary>Writes several vectors.</summary>
    /// <param name="writer">Writes the value.</param>
    /// <param name="mark">What the row keeps beside them.</param>
    /// <param name="vectors">The vectors, <c>[vector, dimension]</c>.</param>
    /// <param name="dimensions">How long each is.</param>
    public static void Write(Utf8JsonWriter writer, object mark, ReadOnlySpan<float> vectors, int dimensions)
    {
        bool isPlain = Begin(writer, mark, Vectors);
        writer.WriteStartArray();
        for (int start = 0; start < vectors.Length; start += dimensions)
        {
            WriteNumbers(writer, vectors.Slice(start, dimensions));
        }

        writer.WriteEndArray();
        End(writer, isPlain);
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

    /// <summary>Begins a value.</summary>
    /// <returns>Whether it is nothing but its numbers.</returns>
    private static bool Begin(Utf8JsonWriter writer, object mark, string name)
    {
        if (mark is not (string or Microsoft.Extensions.AI.Embedding))
        {
            return true;
        }

        writer.WriteStartObject();
        WriteMark(writer, mark);
        writer.WritePropertyName(name);
        return false;
    }

    private static void End(Utf8JsonWriter writer, bool isPlain)
    {
        if (!isPlain)
        {
            writer.WriteEndObject();
        }
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
}
