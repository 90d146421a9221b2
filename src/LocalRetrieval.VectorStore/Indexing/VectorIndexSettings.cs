using LocalRetrieval.VectorData.Records;
using LocalRetrieval.VectorData.Search;
using Microsoft.Extensions.VectorData;

namespace LocalRetrieval.VectorData.Indexing;

/// <summary>Which index a vector property has, judged.</summary>
internal sealed class VectorIndexSettings
{
    private static readonly (string Name, VectorIndexKind Kind)[] Kinds =
    [
        (IndexKind.Flat, VectorIndexKind.Flat),
        (IndexKind.QuantizedFlat, VectorIndexKind.QuantizedFlat),
        (IndexKind.Hnsw, VectorIndexKind.Hnsw),
        (IndexKind.Dynamic, VectorIndexKind.Dynamic),
    ];

    private VectorIndexSettings(VectorIndexKind kind, VectorIndexOptions options)
    {
        Kind = kind;
        Options = options;
        Quantization = options.Quantization ?? (kind == VectorIndexKind.QuantizedFlat ? VectorQuantization.Int8 : VectorQuantization.None);
    }

    /// <summary>No index.</summary>
    public static VectorIndexSettings Flat { get; } = new(VectorIndexKind.Flat, new VectorIndexOptions());

    public VectorIndexKind Kind { get; }

    /// <summary>The options; nobody changes them.</summary>
    public VectorIndexOptions Options { get; }

    /// <summary>In what form the index keeps the vectors: as the options say it, or as is usual for its kind.</summary>
    public VectorQuantization Quantization { get; }

    /// <summary>How <see cref="IndexKind"/> names a kind.</summary>
    public static string NameOf(VectorIndexKind kind) => Kinds[(int)kind].Name;

    /// <summary>Judges what a description says of a dense property's index.</summary>
    /// <exception cref="InvalidOperationException">The description contradicts itself.</exception>
    /// <exception cref="NotSupportedException">The description asks for what the store does not have.</exception>
    public static VectorIndexSettings Of(DescribedProperty described, bool isHalf, VectorMeasure measure)
    {
        VectorIndexKind kind = FindKind(described, described.IndexKind);
        if (kind == VectorIndexKind.Flat)
        {
            ThrowIfIndexed(described, "compares whole vectors");
            return Flat;
        }

        VectorIndexSettings settings = new(kind, new VectorIndexOptions(described.VectorIndex ?? new VectorIndexOptions()));
        string? fault = settings.FindContradiction(described.Dimensions, isHalf);
        return fault is not null
            ? throw new InvalidOperationException($"Vector property '{described.Name}' has the index kind '{described.IndexKind}' {fault}.")
            : settings.Quantization == VectorQuantization.Binary && !measure.ComparesSigns
            ? throw new NotSupportedException(
                $"Vector property '{described.Name}' has the quantization {nameof(VectorQuantization.Binary)} and the distance function '{measure.Name}', of which a rotation's signs say nothing; "
                + $"supported are {VectorMeasure.NamesBySigns}.")
            : settings;
    }

    /// <summary>Judges what a description says of the index of a property whose vectors are not dense: those have their own way to be found.</summary>
    /// <exception cref="InvalidOperationException">There are options.</exception>
    /// <exception cref="NotSupportedException">There is another kind.</exception>
    public static VectorIndexSettings OfOther(DescribedProperty described, VectorKind kind)
    {
        (string vectors, string way) = kind == VectorKind.Sparse ? ("sparse vectors", "an inverted index finds") : ("several vectors a record", $"{nameof(MultiVectorOptions)} say how to find");
        if (described.IndexKind is not null and not IndexKind.Flat)
        {
            throw new NotSupportedException(
                $"Vector property '{described.Name}' has the index kind '{described.IndexKind}'; supported for {vectors}, which {way}, is {IndexKind.Flat}.");
        }

        ThrowIfIndexed(described, $"has {vectors}, which {way}");
        return Flat;
    }

    private static VectorIndexKind FindKind(DescribedProperty described, string? name)
    {
        int index = Array.FindIndex(Kinds, kind => kind.Name == (name ?? IndexKind.Flat));
        return index >= 0 ? Kinds[index].Kind : throw new NotSupportedException(
            $"Vector property '{described.Name}' has the index kind '{name}'; supported are {string.Join(", ", Kinds.Select(kind => kind.Name))}.");
    }

    // What is not honoured is refused: the index kind is easily forgotten.
    private static void ThrowIfIndexed(DescribedProperty described, string why)
    {
        if (described.VectorIndex is not null)
        {
            throw new InvalidOperationException(
                $"Vector property '{described.Name}' has options of an index, and {why}. Leave {nameof(VectorIndexExtensions.WithVectorIndex)} out, or set the "
                + $"index kind of dense vectors to {string.Join(", ", Kinds.Skip(1).Select(kind => kind.Name))}.");
        }
    }

    private string? FindContradiction(int dimensions, bool isHalf)
    {
        bool isCoded = Kind == VectorIndexKind.QuantizedFlat;
        return isCoded && Quantization == VectorQuantization.None ? $"and the quantization {nameof(VectorQuantization.None)}: that is {nameof(VectorIndexKind.Flat)}"
            : isHalf && Quantization == VectorQuantization.Half ? $"and the quantization {nameof(VectorQuantization.Half)}, and its vectors are of Half already"
            : Options.FirstPassDimensions is not null && !isCoded ? $"and {nameof(VectorIndexOptions.FirstPassDimensions)}, which only {nameof(VectorIndexKind.QuantizedFlat)} takes"
            : Options.FirstPassDimensions >= dimensions ? $"and {nameof(VectorIndexOptions.FirstPassDimensions)} of {Options.FirstPassDimensions}, and its vectors have {dimensions} dimensions: a first pass has fewer"
            : Options.EfSearch is not null && isCoded ? $"and {nameof(VectorIndexOptions.EfSearch)}, which only graphs take"
            : !Options.Rescoring && !isCoded ? $"without {nameof(VectorIndexOptions.Rescoring)}, which only {nameof(VectorIndexKind.QuantizedFlat)} takes: what a graph finds is always compared by whole vectors"
            : Options.Oversampling is not null && !isCoded ? $"and {nameof(VectorIndexOptions.Oversampling)}, which only {nameof(VectorIndexKind.QuantizedFlat)} takes: of a graph {nameof(VectorIndexOptions.EfSearch)} says how many candidates it keeps"
            : Options.Oversampling is not null && !Options.Rescoring ? $"and {nameof(VectorIndexOptions.Oversampling)} without {nameof(VectorIndexOptions.Rescoring)}: whole vectors are to choose, and are not to be read"
            : Options.FirstPassDimensions is not null && !Options.Rescoring ? $"and {nameof(VectorIndexOptions.FirstPassDimensions)} without {nameof(VectorIndexOptions.Rescoring)}: the first pass would be the only one"
            : null;
    }
}
