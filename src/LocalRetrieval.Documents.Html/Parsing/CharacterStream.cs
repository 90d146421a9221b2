using System.Runtime.InteropServices;

namespace LocalRetrieval.Documents;

/// <summary>A text as marked UTF-16, whose reading ends when cancelled: a parser asks for more in the middle of a token, too.</summary>
internal sealed class CharacterStream(string text, CancellationToken cancellationToken) : Stream
{
    private readonly string _text = text.StartsWith('\uFEFF') ? text : '\uFEFF' + text;
    private int _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ReadOnlySpan<byte> rest = MemoryMarshal.AsBytes(_text.AsSpan())[_position..];
        int length = Math.Min(rest.Length, buffer.Length);
        rest[..length].CopyTo(buffer);
        _position += length;
        return length;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
