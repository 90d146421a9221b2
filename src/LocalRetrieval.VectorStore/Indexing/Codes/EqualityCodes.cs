using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LocalRetrieval.VectorData.Search;

namespace LocalRetrieval.VectorData.Indexing.Codes;

/// <summary>For the Hamming distance, which asks only whether components are equal: a hash of each, which equal ones share. Different ones share it by chance, one in 256 of bytes.</summary>
/// <typeparam name="T">byte or ushort.</typeparam>
internal sealed class EqualityCodes<T>(VectorMeasure measure, int dimensions) : RowCodes(dimensions, dimensions * Unsafe.SizeOf<T>(), numbersPerRow: 0)
    where T : unmanaged, IBinaryInteger<T>
{
    public override RowQuery Prepare(ReadOnlySpan<float> query)
    {
        T[] values = new T[Dimensions];
        Hash(query, values);
        return new EqualityQuery<T>(values);
    }

    public override RowQuery PrepareRow(int row) => new EqualityQuery<T>(CodeOf(row).ToArray());

    public override void Compare(RowQuery query, ReadOnlySpan<int> rows, Span<float> nearness)
    {
        T[] values = ((EqualityQuery<T>)query).Values;
        for (int i = 0; i < rows.Length; i++)
        {
            PrefetchAhead(rows, i);
            nearness[i] = measure.Sign * TensorPrimitives.HammingDistance<T>(values, CodeOf(rows[i]));
        }
    }

    protected override void CompareInBlock(RowQuery query, int firstRow, Span<float> nearness)
    {
        T[] values = ((EqualityQuery<T>)query).Values;
        for (int i = 0; i < nearness.Length; i++)
        {
            nearness[i] = measure.Sign * TensorPrimitives.HammingDistance<T>(values, CodeOf(firstRow + i));
        }
    }

    protected override void Encode(ReadOnlySpan<float> vector, Span<byte> code, Span<float> numbers) => Hash(vector, MemoryMarshal.Cast<byte, T>(code));

    private static void Hash(ReadOnlySpan<float> vector, Span<T> hashes)
    {
        for (int i = 0; i < vector.Length; i++)
        {
            // Zeros of both signs are equal.
            uint hash = BitConverter.SingleToUInt32Bits(vector[i] == 0 ? 0 : vector[i]);
            hash = (hash ^ (hash >> 16)) * 0x85EBCA6B;
            hash = (hash ^ (hash >> 13)) * 0xC2B2AE35;
            hashes[i] = T.CreateTruncating(hash ^ (hash >> 16));
        }
    }

    private ReadOnlySpan<T> CodeOf(int row) => MemoryMarshal.Cast<byte, T>(Blocks.RowAt(row));
}
