using LocalRetrieval.VectorData;
using LocalRetrieval.VectorData.Indexing;
using LocalRetrieval.VectorData.Indexing.Graphs;
using LocalRetrieval.VectorData.Search;

namespace LocalRetrieval.Bench.VectorIndexing;

/// <summary>The store's graph over whole vectors, or over codes of them and rescored.</summary>
internal sealed class GraphContender(VectorQuantization quantization = VectorQuantization.None) : IIndexContender
{
    private readonly Dictionary<int, GraphIndex> _kept = [];
    private IndexVectors? _vectors;
    private RowBlock[] _blocks = [];

    public GraphIndex Index { get; private set; } = null!;

    public bool IsBuilt => Index is not null;

    public void Build(IndexVectors vectors)
    {
        _vectors = vectors;
        _blocks = vectors.Blocks.Read(vectors.Count);
        Index = new GraphIndex(vectors.Measure, vectors.Dimensions, new GraphSettings(EfSearch: GraphTuning.Usual), RowsOf(vectors));
        Index.Add(vectors.Blocks, vectors.Count, static _ => true, CancellationToken.None);
        _kept.Clear();
    }

    public void Search(float[] question, int kept, Span<double> scores)
    {
        if (!_kept.TryGetValue(kept, out GraphIndex? index))
        {
            _kept.Add(kept, index = Index.WithEfSearch(kept));
        }

        RowScore[] found = index.Search(Ask(question), CancellationToken.None)[0];
        for (int i = 0; i < scores.Length; i++)
        {
            scores[i] = i < found.Length ? found[i].Score : double.NegativeInfinity;
        }
    }

    /// <summary>What is asked of the index.</summary>
    public VectorIndexSearch Ask(float[] question, int[]? candidates = null) => new()
    {
        Blocks = _blocks,
        Rows = _vectors!.Count,
        Queries = question,
        Candidates = candidates,
        Options = new RowSearchOptions { Top = IndexVectors.Top, Accepts = static _ => true },
    };

    public void Dispose()
    {
    }

    private GraphRows RowsOf(IndexVectors vectors) => quantization == VectorQuantization.None
        ? new WholeRows(vectors.Measure, vectors.Dimensions)
        : new CodedRows(quantization, vectors.Measure, vectors.Dimensions, seed: 0);
}
