
namespace LocalRetrieval.VectorData.Files;

/// <summary>A file's bytes in the address space of the process: the system reads them when they are looked at, and takes their memory back when it needs it.</summary>
/// <remarks>The file must not change. The bytes are there until nobody holds this, or memory of it, any more; who holds a span alone keeps this alive as well.</remarks>
internal sealed unsafe class MappedBytes
{
    private readonly object _owner;
    private readonly byte* _bytes;

    /// <param name="owner">Gives the bytes back when nobody holds it any more.</param>
    /// <param name="bytes">Where they begin, at a cache line.</param>
    /// <param name="length">How many they are.</param>
    public MappedBytes(object owner, byte* bytes, long length)
    {
        _owner = owner;
        _bytes = bytes;
        Length = length;
    }

    public long Length { get; }

    /// <exception cref="InvalidDataException">There are not as many bytes.</exception>
    public ReadOnlySpan<byte> Read(long offset, int count) => new(Find(offset, count), count);

    /// <summary>Values as they lie in memory; it keeps the bytes alive.</summary>
    /// <exception cref="InvalidDataException">There are not as many bytes, or they do not begin where such values may.</exception>
    public Memory<T> Memory<T>(long offset, int count)
        where T : unmanaged
    {
        byte* bytes = Find(offset, (long)count * sizeof(T));
        return (nuint)bytes % (nuint)sizeof(T) == 0 ? new MappedMemory<T>(this, (T*)bytes, count).Memory : throw Broken();
    }

    private byte* Find(long offset, long count) => offset >= 0 && count >= 0 && offset <= Length - count ? _bytes + offset : throw Broken();

    private InvalidDataException Broken()
    {
        GC.KeepAlive(_owner);
        return new("The file is shorter than it says, or another version wrote it.");
    }
}
