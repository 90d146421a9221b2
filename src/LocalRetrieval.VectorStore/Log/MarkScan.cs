using LocalRetrieval.VectorData.Files;

namespace LocalRetrieval.VectorData.Log;

/// <summary>Finds the marks of frames in a file, from its beginning to its end.</summary>
internal sealed class MarkScan(IStoreFile file)
{
    private readonly byte[] _window = new byte[1 << 16];
    private long _start;
    private int _length;

    /// <summary>Where the next mark is; -1 where there is none.</summary>
    /// <param name="from">No less than before.</param>
    public long Find(long from)
    {
        while (true)
        {
            int skipped = (int)Math.Clamp(from - _start, 0, _length);
            if (LogFormat.IndexOfMark(_window.AsSpan(skipped, _length - skipped)) is >= 0 and int index)
            {
                return _start + skipped + index;
            }

            // A mark may stand across the end of the window.
            long next = Math.Max(from, _start + _length - (LogFormat.MarkLength - 1));
            int read = file.Read(next, _window);
            if (read < LogFormat.MarkLength)
            {
                return -1;
            }

            bool isLast = next == _start && read == _length;
            (_start, _length) = (next, read);
            if (isLast)
            {
                return -1;
            }
        }
    }
}
