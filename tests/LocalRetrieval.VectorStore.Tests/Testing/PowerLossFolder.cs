using System.Runtime.InteropServices;
using LocalRetrieval.VectorData.Files;

namespace LocalRetrieval.VectorData.Tests.Testing;

/// <summary>
/// A folder in memory that loses power: what was not flushed may be there, may not, may be there in part, and in another order; so may what became of names. After a number of operations every
/// further one throws.
/// </summary>
internal sealed class PowerLossFolder : IStoreFolder
{
    private readonly Dictionary<string, Content> _names = [];
    private readonly Dictionary<string, Content> _durableNames = [];
    private readonly List<Action<Dictionary<string, Content>>> _unsyncedNames = [];
    private readonly Lock _lock = new();
    private readonly bool _failsOnce;
    private long _left;

    /// <param name="operations">How many operations there are before the power is lost.</param>
    /// <param name="failsOnce">Whether that operation alone fails, and all goes on.</param>
    public PowerLossFolder(long operations = long.MaxValue, bool failsOnce = false) => (_left, _failsOnce) = (operations, failsOnce);

    public string Path => "folder";

    /// <summary>How many operations there were.</summary>
    public long Operations { get; private set; }

    /// <summary>Whether the power is lost.</summary>
    public bool IsDark { get; private set; }

    /// <summary>What is there when the power is back.</summary>
    public PowerLossFolder Restart(Random random, long operations = long.MaxValue)
    {
        PowerLossFolder restarted = new(operations);
        Dictionary<string, Content> names = new(_durableNames);
        foreach (Action<Dictionary<string, Content>> change in _unsyncedNames.Where(_ => random.Next(2) == 0))
        {
            change(names);
        }

        foreach ((string name, Content content) in names)
        {
            Content survived = new(content.Survive(random));
            restarted._names[name] = survived;
            restarted._durableNames[name] = survived;
        }

        return restarted;
    }

    public IReadOnlyList<string> List() => Run(() => (IReadOnlyList<string>)[.. _names.Keys]);

    public IStoreFile Create(string name) => Run(() =>
    {
        Content content = new([]);
        if (!_names.TryAdd(name, content))
        {
            throw new IOException($"'{name}' is there.");
        }

        _unsyncedNames.Add(names => names[name] = content);
        return new OpenFile(this, content);
    });

    public IStoreFile Open(string name, bool isWritten) => Run(() => _names.TryGetValue(name, out Content? content) ? new OpenFile(this, content) : throw new FileNotFoundException(name));

    public unsafe MappedBytes Map(string name) => Run(() =>
    {
        byte[] content = _names.TryGetValue(name, out Content? found) ? found.Bytes : throw new FileNotFoundException(name);
        byte[] bytes = GC.AllocateUninitializedArray<byte>(content.Length, pinned: true);
        content.CopyTo(bytes, 0);
        return new MappedBytes(bytes, (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(bytes, 0), bytes.Length);
    });

    public void Rename(string name, string newName) => Run(() =>
    {
        Change(names =>
        {
            if (names.Remove(name, out Content? content))
            {
                names[newName] = content;
            }
        });
        return true;
    });

    public void Delete(string name) => Run(() =>
    {
        Change(names => names.Remove(name));
        return true;
    });

    public void Sync() => Run(() =>
    {
        _unsyncedNames.ForEach(change => change(_durableNames));
        _unsyncedNames.Clear();
        return true;
    });

    private void Change(Action<Dictionary<string, Content>> change)
    {
        change(_names);
        _unsyncedNames.Add(change);
    }

    private T Run<T>(Func<T> operation)
    {
        lock (_lock)
        {
            Operations++;
            bool fails = _left-- == 0;
            IsDark |= fails && !_failsOnce;
            return IsDark || fails ? throw new IOException("The power is lost, or this failed.") : operation();
        }
    }

    /// <summary>What a file holds, and of that what was not flushed.</summary>
    private sealed class Content(byte[] durable)
    {
        private readonly List<Func<byte[], byte[]>> _unflushed = [];
        private byte[] _durable = durable;

        public byte[] Bytes { get; private set; } = durable;

        public void Change(Func<byte[], byte[]> change)
        {
            Bytes = change(Bytes);
            _unflushed.Add(change);
        }

        public void Write(long offset, byte[] bytes)
        {
            Change(before => Written(before, offset, bytes));
        }

        public void Flush()
        {
            _durable = Bytes;
            _unflushed.Clear();
        }

        /// <summary>Some of what was not flushed, each whole, in part or not at all, in any order.</summary>
        public byte[] Survive(Random random)
        {
            byte[] bytes = _durable;
            Func<byte[], byte[]>[] changes = [.. _unflushed];
            if (random.Next(2) == 0)
            {
                random.Shuffle(changes);
            }

            foreach (Func<byte[], byte[]> change in changes.Where(_ => random.Next(3) > 0))
            {
                byte[] after = change(bytes);
                bytes = random.Next(2) == 0 ? after : Torn(bytes, after, random);
            }

            return bytes;
        }

        // Of what a write changed, some sectors are there.
        private static byte[] Torn(byte[] before, byte[] after, Random random)
        {
            const int Sector = 16;
            byte[] torn = after[..random.Next(Math.Min(before.Length, after.Length), after.Length + 1)];
            for (int start = 0; start < torn.Length; start += Sector)
            {
                if (random.Next(2) == 0)
                {
                    for (int i = start; i < Math.Min(start + Sector, torn.Length); i++)
                    {
                        torn[i] = i < before.Length ? before[i] : (byte)0;
                    }
                }
            }

            return torn;
        }

        private static byte[] Written(byte[] before, long offset, byte[] bytes)
        {
            byte[] after = new byte[Math.Max(before.Length, offset + bytes.Length)];
            before.CopyTo(after, 0);
            bytes.CopyTo(after, offset);
            return after;
        }
    }

    private sealed class OpenFile(PowerLossFolder folder, Content content) : IStoreFile
    {
        public long Length => folder.Run(() => content.Bytes.LongLength);

        public int Read(long offset, Span<byte> buffer)
        {
            byte[] bytes = folder.Run(() => content.Bytes);
            int read = (int)Math.Clamp(bytes.LongLength - offset, 0, buffer.Length);
            bytes.AsSpan((int)Math.Min(offset, bytes.Length), read).CopyTo(buffer);
            return read;
        }

        public void Write(long offset, ReadOnlySpan<byte> bytes)
        {
            byte[] copy = bytes.ToArray();
            folder.Run(() =>
            {
                content.Write(offset, copy);
                return true;
            });
        }

        public void SetLength(long length) => folder.Run(() =>
        {
            content.Change(before => before.Length > length ? before[..(int)length] : before);
            return true;
        });

        public void Flush() => folder.Run(() =>
        {
            content.Flush();
            return true;
        });

        public void Dispose()
        {
        }
    }
}
