namespace LocalRetrieval.VectorData.JsonLines;

/// <summary>Reads lines of UTF-8 out of a stream, of which one at a time is in memory.</summary>
internal sealed class LineReader(Stream source)
{
    /// <summary>A line holds a record, and a log holds none that is longer.</summary>
    private const int LongestLine = 1 << 30;

    private byte[] _buffer = new byte[1 << 16];
    private int _start;
    private int _end;
    private bool _isAtEnd;

    /// <summary>The number of the line that was read last, from 1 on.</summary>
    public long Number { get; private set; }

    /// <summary>Reads the next line that is not blank.</summary>
    /// <returns>The line, without '\n', valid until the next call; null at the end.</returns>
    /// <exception cref="InvalidDataException">It is too long.</exception>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(CancellationToken cancellationToken)
    {
        while (await ReadAnyAsync(cancellationToken).ConfigureAwait(false) is { } line)
        {
            line = Number == 1 ? WithoutMark(line) : line;
            if (line.Span.ContainsAnyExcept(" \t\r"u8))
            {
                return line;
            }
        }

        return null;
    }

    private async ValueTask<ReadOnlyMemory<byte>?> ReadAnyAsync(CancellationToken cancellationToken)
    {
        Number++;
        for (int searched = 0; ;)
        {
            int end = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (end >= 0)
            {
                return Take(searched + end, ended: 1);
            }

            searched = _end - _start;
            if (_isAtEnd)
            {
                return searched > 0 ? Take(searched, ended: 0) : default(ReadOnlyMemory<byte>?);
            }

            await FillAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private ReadOnlyMemory<byte> Take(int length, int ended)
    {
        ReadOnlyMemory<byte> line = _buffer.AsMemory(_start, length);
        _start += length + ended;
        return line;
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        if (_end == _buffer.Length)
        {
            Grow();
        }

        int read = await source.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
        _isAtEnd = read == 0;
        _end += read;
    }

    private void Grow()
    {
        if (_buffer.Length >= LongestLine)
        {
            throw new InvalidDataException($"A line has more than {LongestLine:N0} bytes.");
        }

        Array.Resize(ref _buffer, _buffer.Length * 2);
    }

    // Some editors write one before the first character.
    private static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> line) => line.Span.StartsWith("\uFEFF"u8) ? line[3..] : line;
}
