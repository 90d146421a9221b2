namespace LocalRetrieval.VectorData.Files;

/// <summary>An open file of a store.</summary>
/// <remarks>What is written survives the end of the process at once, and a loss of power from <see cref="Flush"/> on; before, any part of it may.</remarks>
internal interface IStoreFile : IDisposable
{
    /// <summary>The length in bytes.</summary>
    long Length { get; }

    /// <summary>Fills a buffer.</summary>
    /// <returns>How many bytes were read: fewer than the buffer holds at the end of the file.</returns>
    int Read(long offset, Span<byte> buffer);

    /// <summary>Writes all of some bytes; the file grows where it must.</summary>
    void Write(long offset, ReadOnlySpan<byte> bytes);

    /// <summary>Cuts the file.</summary>
    void SetLength(long length);

    /// <summary>Has what was written survive a loss of power.</summary>
    void Flush();
}
