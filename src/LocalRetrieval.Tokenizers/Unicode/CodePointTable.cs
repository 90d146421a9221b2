namespace LocalRetrieval.Tokenizers.Unicode;

/// <summary>A value for each code point, in blocks of 256; the blocks that hold nothing share one.</summary>
internal sealed class CodePointTable<T>
    where T : unmanaged
{
    private const int BlockBits = 8;
    private const int BlockSize = 1 << BlockBits;
    private readonly ushort[] _blocks = new ushort[0x110000 >> BlockBits];
    private T[] _values = new T[BlockSize * 16];
    private ushort _lastBlock;

    public T this[int codePoint]
    {
        get => _values[(_blocks[codePoint >> BlockBits] << BlockBits) | (codePoint & (BlockSize - 1))];
        set
        {
            int block = OwnBlock(codePoint >> BlockBits);
            _values[(block << BlockBits) | (codePoint & (BlockSize - 1))] = value;
        }
    }

    private int OwnBlock(int block)
    {
        if (_blocks[block] == 0)
        {
            _blocks[block] = ++_lastBlock;
            if (_values.Length <= _lastBlock << BlockBits)
            {
                Array.Resize(ref _values, _values.Length * 2);
            }
        }

        return _blocks[block];
    }
}
