using UglyToad.PdfPig.Filters;
using UglyToad.PdfPig.Tokens;

namespace LocalRetrieval.Documents.Parsing;

/// <summary>The filters of streams, each under the guard; a stream without filters passes it too.</summary>
internal sealed class GuardedFilters : IFilterProvider
{
    private readonly Dictionary<IFilter, IFilter> _guarded = [];
    private readonly ParsingGuard _guard;
    private readonly IReadOnlyList<IFilter> _plain;

    public GuardedFilters(ParsingGuard guard)
    {
        _guard = guard;
        _plain = [new GuardedFilter(null, guard)];
    }

    /// <inheritdoc />
    public IReadOnlyList<IFilter> GetFilters(DictionaryToken dictionary) => Guard(DefaultFilterProvider.Instance.GetFilters(dictionary));

    /// <inheritdoc />
    public IReadOnlyList<IFilter> GetNamedFilters(IReadOnlyList<NameToken> names) => Guard(DefaultFilterProvider.Instance.GetNamedFilters(names));

    /// <inheritdoc />
    public IReadOnlyList<IFilter> GetAllFilters() => Guard(DefaultFilterProvider.Instance.GetAllFilters());

    private IReadOnlyList<IFilter> Guard(IReadOnlyList<IFilter> filters)
    {
        _guard.ThrowIfOver();
        return filters.Count == 0 ? _plain : [.. filters.Select(Guard)];
    }

    private IFilter Guard(IFilter filter)
    {
        if (!_guarded.TryGetValue(filter, out IFilter? guarded))
        {
            _guarded[filter] = guarded = new GuardedFilter(filter, _guard);
        }

        return guarded;
    }
}
