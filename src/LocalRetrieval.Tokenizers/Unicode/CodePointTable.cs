using System.Diagnostics;

namespace LocalRetrieval.Tokenizers.Unicode;

/// <summary>A value for each code point, in two stages: blocks of 256 that share one array where they are empty.</summary>
internal sealed class CodePointTable<T>
    where T : unmanaged
{
    private const int BlockBits = 8;
    private const int BlockSize = 1 << BlockBits;
    private readonly ushort[] _blocks = new ushort[0x110000 >> BlockBits];
    private T[] _values = new T[BlockSize];

    public T this[int codePoint]
    {
        get => _values[(_blocks[codePoint >> BlockBits] << BlockBits) | (codePoint & (BlockSize - 1))];
        set => _values[(OwnBlock(codePoint >> BlockBits) << BlockBits) | (codePoint & (BlockSize - 1))] = value;
    }

    private int OwnBlock(int block)
    {
        if (_blocks[block] == 0)
        {
            int number = _values.Length >> BlockBits;
            Debug.Assert(number <= ushort.MaxValue);
            Array.Resize(ref _values, _values.Length + BlockSize);
            _blocks[block] = (ushort)number;
        }

        return _blocks[block];
    }
}
