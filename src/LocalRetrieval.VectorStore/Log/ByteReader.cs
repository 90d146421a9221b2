using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace LocalRetrieval.VectorData.Log;

/// <summary>Reads what <see cref="ByteWriter"/> wrote.</summary>
/// <exception cref="InvalidDataException">Anything but what was written.</exception>
internal ref struct ByteReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>How many bytes are left.</summary>
    public readonly int Left => _rest.Length;

    public byte ReadByte() => Take(1)[0];

    public T Read<T>()
        where T : unmanaged => MemoryMarshal.Read<T>(Take(Unsafe.SizeOf<T>()));

    public ReadOnlySpan<byte> ReadBytes(int count) => Take(count);

    public int ReadCount()
    {
        uint value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte part = ReadByte();
            value |= (uint)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return value <= int.MaxValue ? (int)value : throw Broken();
            }

            if (shift >= 28)
            {
                throw Broken();
            }
        }
    }

    public string ReadText()
    {
        int head = ReadCount();
        int length = head >> 1;
        return (head & 1) == 1
            ? Encoding.ASCII.GetString(Take(length))
            : new string(MemoryMarshal.Cast<byte, char>(Take(checked(length * sizeof(char)))));
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if ((uint)count > (uint)_rest.Length)
        {
            throw Broken();
        }

        ReadOnlySpan<byte> taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }

    private static InvalidDataException Broken() => new("What was written holds less than it says, or another version wrote it.");
}
