using System.Runtime.InteropServices;
using LocalRetrieval.VectorData.Log;
using LocalRetrieval.VectorData.Records;
using LocalRetrieval.VectorData.Search;
using LocalRetrieval.VectorData.Storage;
using LocalRetrieval.VectorData.Values;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.VectorData.Persistence;

/// <summary>Writes what a row has of one vector property, and reads it: what is said beside the numbers, and the numbers as the table stores them.</summary>
internal sealed class VectorCodec(VectorProperty property)
{
    // What a row keeps beside the numbers.
    private const byte Missing = 0;
    private const byte Nothing = 1;
    private const byte Text = 2;
    private const byte Described = 3;

    private static readonly ValueCodec CreatedAt = ValueCodecs.Find(typeof(DateTimeOffset))!;
    private static readonly ValueCodec ModelId = ValueCodecs.Find(typeof(string))!;

    public void Write(ByteWriter writer, object? mark, PendingRows rows, int row)
    {
        WriteMark(writer, mark);
        if (mark is null)
        {
            return;
        }

        if (property.IsSparse)
        {
            WriteSparse(writer, rows.GetSparse(row, property));
        }
        else
        {
            WriteDense(writer, rows.GetVector(row, property));
        }
    }

    /// <summary>Reads the numbers into a batch.</summary>
    /// <returns>What the row keeps beside them; null where there are none.</returns>
    public object? Read(ref ByteReader reader, PendingRows rows, int row)
    {
        byte kind = reader.ReadByte();
        if (kind == Missing)
        {
            return null;
        }

        object mark = kind == Text ? reader.ReadText() : VectorFormat.Present;
        (DateTimeOffset? createdAt, string? modelId) = kind == Described ? ReadDescription(ref reader) : default;
        if (!property.IsSparse)
        {
            ReadDense(ref reader, rows, row);
            return kind == Described ? new Embedding<float>(default) { CreatedAt = createdAt, ModelId = modelId } : mark;
        }

        SparseEmbedding sparse = ReadSparse(ref reader);
        (sparse.CreatedAt, sparse.ModelId) = (createdAt, modelId);
        rows.SetSparse(row, property, sparse);
        return property.Format is null ? mark : sparse;
    }

    private static void WriteMark(ByteWriter writer, object? mark)
    {
        writer.WriteByte(mark switch
        {
            null => Missing,
            string => Text,
            Microsoft.Extensions.AI.Embedding { CreatedAt: null, ModelId: null } => Nothing,
            Microsoft.Extensions.AI.Embedding => Described,
            _ => Nothing,
        });
        if (mark is string text)
        {
            writer.WriteText(text);
        }
        else if (mark is Microsoft.Extensions.AI.Embedding { CreatedAt: var createdAt, ModelId: var modelId } && (createdAt ?? (object?)modelId) is not null)
        {
            CreatedAt.Write(writer, createdAt);
            ModelId.Write(writer, modelId);
        }
    }

    private static (DateTimeOffset? CreatedAt, string? ModelId) ReadDescription(ref ByteReader reader) =>
        ((DateTimeOffset?)CreatedAt.Read(ref reader), (string?)ModelId.Read(ref reader));

    private void WriteDense(ByteWriter writer, ReadOnlySpan<float> vector)
    {
        if (!property.IsHalf)
        {
            writer.Write(MemoryMarshal.AsBytes(vector));
            return;
        }

        Span<Half> narrow = MemoryMarshal.Cast<byte, Half>(writer.Take(vector.Length * sizeof(ushort)));
        HalfVectors.Narrow(vector, narrow);
    }

    private void ReadDense(ref ByteReader reader, PendingRows rows, int row)
    {
        if (!property.IsHalf)
        {
            rows.SetVector(row, property, MemoryMarshal.Cast<byte, float>(reader.ReadBytes(property.Dimensions * sizeof(float))));
            return;
        }

        float[] wide = new float[property.Dimensions];
        HalfVectors.Widen(MemoryMarshal.Cast<byte, Half>(reader.ReadBytes(property.Dimensions * sizeof(ushort))), wide);
        rows.SetVector(row, property, wide);
    }

    private static void WriteSparse(ByteWriter writer, SparseEmbedding vector)
    {
        writer.WriteCount(vector.Indices.Length);
        writer.Write(MemoryMarshal.AsBytes(vector.Indices.Span));
        writer.Write(MemoryMarshal.AsBytes(vector.Weights.Span));
    }

    private SparseEmbedding ReadSparse(ref ByteReader reader)
    {
        int count = reader.ReadCount();
        int[] indices = MemoryMarshal.Cast<byte, int>(reader.ReadBytes(checked(count * sizeof(int)))).ToArray();
        float[] weights = MemoryMarshal.Cast<byte, float>(reader.ReadBytes(checked(count * sizeof(float)))).ToArray();
        return new SparseEmbedding(indices, weights, property.Dimensions);
    }
}
