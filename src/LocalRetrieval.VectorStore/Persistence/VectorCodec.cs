using System.Runtime.InteropServices;
using LocalRetrieval.VectorData.Log;
using LocalRetrieval.VectorData.MultiVectors;
using LocalRetrieval.VectorData.Records;
using LocalRetrieval.VectorData.Search;
using LocalRetrieval.VectorData.Storage;
using LocalRetrieval.VectorData.Values;

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
        else if (property.IsMulti)
        {
            WriteTokens(writer, rows.GetTokens(row, property));
        }
        else
        {
            WriteDense(writer, rows.GetVector(row, property));
        }
    }

    /// <summary>Writes what a row has but for the numbers of one vector or several, which a snapshot keeps apart.</summary>
    public void WriteStored(ByteWriter writer, object? mark, PendingRows rows, int row)
    {
        WriteMark(writer, mark);
        if (mark is not null && property.IsSparse)
        {
            WriteSparse(writer, rows.GetSparse(row, property));
        }
    }

    /// <summary>Reads what <see cref="WriteStored"/> wrote.</summary>
    /// <param name="reader">Reads the row.</param>
    /// <param name="sparse">Given the sparse vectors by column; null where nobody asks for them.</param>
    /// <returns>What the row keeps beside the numbers; null where there are none.</returns>
    public object? ReadStored(ref ByteReader reader, SparseEmbedding?[]? sparse)
    {
        object? mark = ReadMark(ref reader);
        if (mark is null || !property.IsSparse)
        {
            return mark;
        }

        if (property.Format is null && sparse is null)
        {
            SkipSparse(ref reader);
            return mark;
        }

        SparseEmbedding vector = ReadSparse(ref reader, mark);
        sparse?[property.Column] = vector;
        return property.Format is null ? mark : vector;
    }

    /// <summary>Reads the numbers into a batch.</summary>
    /// <returns>What the row keeps beside them; null where there are none.</returns>
    public object? Read(ref ByteReader reader, PendingRows rows, int row)
    {
        if (ReadMark(ref reader) is not { } mark)
        {
            return null;
        }

        if (property.IsMulti)
        {
            rows.SetTokens(row, property, ReadTokens(ref reader));
            return mark;
        }

        if (!property.IsSparse)
        {
            ReadDense(ref reader, rows, row);
            return mark;
        }

        SparseEmbedding sparse = ReadSparse(ref reader, mark);
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

    private static object? ReadMark(ref ByteReader reader)
    {
        switch (reader.ReadByte())
        {
            case Missing:
                return null;
            case Text:
                return reader.ReadText();
            case Described:
                object? createdAt = CreatedAt.Read(ref reader);
                return VectorFormat.Described((DateTimeOffset?)createdAt, (string?)ModelId.Read(ref reader));
            default:
                return VectorFormat.Present;
        }
    }

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

    // As they are stored, so that they come back as they are.
    private void WriteTokens(ByteWriter writer, TokenRow row)
    {
        writer.WriteCount(row.Count);
        writer.Write(property.Tokens.IsQuantized ? MemoryMarshal.AsBytes(row.Codes) : MemoryMarshal.AsBytes(row.Floats));
        writer.Write(MemoryMarshal.AsBytes(row.Scales));
    }

    private TokenArray ReadTokens(ref ByteReader reader)
    {
        TokenFormat format = property.Tokens;
        int count = reader.ReadCount();
        ReadOnlySpan<byte> vectors = reader.ReadBytes(checked(count * format.VectorLength));
        ReadOnlySpan<byte> scales = reader.ReadBytes(format.IsQuantized ? count * sizeof(float) : 0);
        return new TokenArray(format, count, vectors, MemoryMarshal.Cast<byte, float>(scales));
    }

    private static void WriteSparse(ByteWriter writer, SparseEmbedding vector)
    {
        writer.WriteCount(vector.Indices.Length);
        writer.Write(MemoryMarshal.AsBytes(vector.Indices.Span));
        writer.Write(MemoryMarshal.AsBytes(vector.Weights.Span));
    }

    private SparseEmbedding ReadSparse(ref ByteReader reader, object mark)
    {
        int count = reader.ReadCount();
        int[] indices = MemoryMarshal.Cast<byte, int>(reader.ReadBytes(checked(count * sizeof(int)))).ToArray();
        float[] weights = MemoryMarshal.Cast<byte, float>(reader.ReadBytes(checked(count * sizeof(float)))).ToArray();
        SparseEmbedding sparse = new(indices, weights, property.Dimensions);
        if (mark is Microsoft.Extensions.AI.Embedding described)
        {
            (sparse.CreatedAt, sparse.ModelId) = (described.CreatedAt, described.ModelId);
        }

        return sparse;
    }

    private static void SkipSparse(ref ByteReader reader) => reader.ReadBytes(checked(reader.ReadCount() * (sizeof(int) + sizeof(float))));
}
