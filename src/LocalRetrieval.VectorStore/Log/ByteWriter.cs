using System.Runtime.InteropServices;
using System.Text;

namespace LocalRetrieval.VectorData.Log;

/// <summary>Writes values into a buffer that grows.</summary>
internal sealed class ByteWriter
{
    private const int LeastLength = 1024;
    private const int MostKept = 4 << 20;

    private byte[] _buffer = new byte[LeastLength];

    /// <summary>How many bytes were written.</summary>
    public int Length { get; private set; }

    /// <summary>What was written, to be changed in place.</summary>
    public Span<byte> Written => _buffer.AsSpan(0, Length);

    /// <summary>Forgets what was written.</summary>
    public void Clear() => Length = 0;

    /// <summary>Forgets what was written, and lets go of a large buffer.</summary>
    public void Release()
    {
        Length = 0;
        if (_buffer.Length > MostKept)
        {
            _buffer = new byte[LeastLength];
        }
    }

    /// <summary>Leaves room for bytes that are written later.</summary>
    public void Skip(int count) => Take(count).Clear();

    /// <summary>Writes a number into room that was left for it.</summary>
    public void Overwrite(int offset, int value) => MemoryMarshal.Write(_buffer.AsSpan(offset), in value);

    public void WriteByte(byte value) => Take(1)[0] = value;

    /// <summary>Writes a number as it lies in memory, which is little-endian.</summary>
    public void Write<T>(T value)
        where T : unmanaged => Write(MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)));

    public void Write(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Take(bytes.Length));

    /// <summary>Writes a number of at least 0, in as few bytes as it needs.</summary>
    public void WriteCount(int value)
    {
        uint rest = (uint)value;
        for (; rest > 0x7F; rest >>= 7)
        {
            WriteByte((byte)(rest | 0x80));
        }

        WriteByte((byte)rest);
    }

    /// <summary>Writes a text. UTF-16, so that halves of surrogate pairs come back; a text of one byte a character takes one.</summary>
    public void WriteText(string text)
    {
        bool isNarrow = Ascii.IsValid(text);
        WriteCount(checked((text.Length << 1) | (isNarrow ? 1 : 0)));
        if (isNarrow)
        {
            Encoding.ASCII.GetBytes(text, Take(text.Length));
        }
        else
        {
            Write(MemoryMarshal.AsBytes(text.AsSpan()));
        }
    }

    /// <summary>Room for bytes, to be written before anything else is.</summary>
    public Span<byte> Take(int count)
    {
        int start = Length;
        int needed = checked(start + count);
        if (needed > _buffer.Length)
        {
            Array.Resize(ref _buffer, (int)Math.Min(Array.MaxLength, Math.Max(needed, _buffer.Length * 2L)));
        }

        Length = needed;
        return _buffer.AsSpan(start, count);
    }
}
