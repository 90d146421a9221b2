using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using LocalRetrieval.Bench.Data;

namespace LocalRetrieval.Bench.Quality;

/// <summary>Numbers that a model took long to give, in a file beside the checkout, by a hash of the texts: many settings of a pipeline are compared over the same ones.</summary>
/// <remarks>Safe for concurrent use by one process.</remarks>
internal sealed class KeptNumbers : IDisposable
{
    private const int KeyLength = 16;

    private readonly ConcurrentDictionary<UInt128, float[]> _known = [];
    private readonly BinaryWriter _writer;
    private readonly int _width;

    /// <param name="name">What gave the numbers, with its fingerprint.</param>
    /// <param name="width">How many numbers belong to a key.</param>
    public KeptNumbers(string name, int width)
    {
        string path = BenchData.Cache(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        _width = width;
        FileStream file = new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite);
        Read(file);
        _writer = new BinaryWriter(file);
    }

    public static UInt128 KeyOf(params ReadOnlySpan<string> texts)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', texts)));
        return BitConverter.ToUInt128(hash);
    }

    public float[]? Find(UInt128 key) => _known.GetValueOrDefault(key);

    public void Keep(UInt128 key, float[] numbers)
    {
        if (!_known.TryAdd(key, numbers))
        {
            return;
        }

        lock (_writer)
        {
            _writer.Write(BitConverter.GetBytes(key));
            Array.ForEach(numbers, _writer.Write);
        }
    }

    public void Dispose() => _writer.Dispose();

    /// <summary>Reads whole entries; a torn one at the end is written over.</summary>
    private void Read(FileStream file)
    {
        int length = KeyLength + (_width * sizeof(float));
        BinaryReader reader = new(file);
        for (long left = file.Length / length; left > 0; left--)
        {
            UInt128 key = BitConverter.ToUInt128(reader.ReadBytes(KeyLength));
            _known[key] = [.. Enumerable.Range(0, _width).Select(_ => reader.ReadSingle())];
        }

        file.Position = file.Length / length * length;
    }
}
