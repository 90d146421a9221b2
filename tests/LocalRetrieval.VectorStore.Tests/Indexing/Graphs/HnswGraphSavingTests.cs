using LocalRetrieval.VectorData.Files;
using LocalRetrieval.VectorData.Indexing;
using LocalRetrieval.VectorData.Indexing.Graphs;
using LocalRetrieval.VectorData.Search;
using LocalRetrieval.VectorData.Snapshots;

namespace LocalRetrieval.VectorData.Tests.Indexing.Graphs;

public sealed class HnswGraphSavingTests
{
    [Fact]
    public void Load_GraphWithEqualRowsOfWhichSomeWent_IsTheSame()
    {
        HnswGraph graph = Build(out GraphVectors vectors, out GraphIndex index);
        index.Repair(vectors.Blocks, row => row % 3 > 0 && row < 1150, CancellationToken.None);

        Assert.Equal(graph.Hash(), Reload(graph).Hash());
    }

    [Fact]
    public void Load_ChainOfEqualRowsWithoutAnEnd_IsRefused()
    {
        HnswGraph graph = Build(out _, out _);
        int row = Enumerable.Range(0, graph.Count).First(graph.IsNode);
        int twin = Enumerable.Range(0, graph.Count).Last(graph.IsTwin);

        // The second time it is put behind itself.
        graph.KeepTwins(row, _ => false);
        graph.AddTwin(row, twin);
        graph.AddTwin(row, twin);

        Assert.Contains("chain", Assert.Throws<InvalidDataException>(() => Reload(graph)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_NeighborOfALowerLevel_IsRefused()
    {
        HnswGraph graph = Build(out _, out _);
        int low = Enumerable.Range(0, graph.Count).First(row => graph.LevelOf(row) == 0);
        graph.Neighbors(graph.Entry.Row, 1)[0] = low;

        Assert.Contains("level", Assert.Throws<InvalidDataException>(() => Reload(graph)).Message, StringComparison.Ordinal);
    }

    private static HnswGraph Build(out GraphVectors vectors, out GraphIndex index)
    {
        float[][] rows = GraphVectors.Clustered(new Random(1), 1000);
        vectors = new GraphVectors([.. rows, .. rows[..200]]);
        index = GraphIndexes.Of(vectors, new GraphSettings(EfSearch: 64));
        return index.Graph;
    }

    private static HnswGraph Reload(HnswGraph graph)
    {
        using MemoryFile file = new();
        graph.Save(new IndexOutput(new SnapshotOutput(file), CancellationToken.None));
        HnswGraph loaded = new(graph.Settings);
        loaded.Load(new IndexInput(file.Map(), 0, file.Length, CancellationToken.None));
        return loaded;
    }

    /// <summary>A file that is written from its beginning to its end, and then read.</summary>
    private sealed class MemoryFile : IStoreFile
    {
        private readonly Memory<byte> _bytes = AlignedMemory.Allocate<byte>(1 << 20);

        public long Length { get; private set; }

        public unsafe MappedBytes Map()
        {
            fixed (byte* bytes = _bytes.Span)
            {
                // The array does not move.
                return new MappedBytes(_bytes, bytes, Length);
            }
        }

        public int Read(long offset, Span<byte> buffer) => throw new NotSupportedException();

        public void Write(long offset, ReadOnlySpan<byte> bytes)
        {
            bytes.CopyTo(_bytes.Span[(int)offset..]);
            Length = offset + bytes.Length;
        }

        public void SetLength(long length) => throw new NotSupportedException();

        public void Flush()
        {
        }

        public void Dispose()
        {
        }
    }
}
