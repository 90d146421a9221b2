namespace LocalRetrieval.Rag;

/// <summary>What selection options need of a mapping and a generator.</summary>
internal static class SelectionNeeds
{
    /// <summary>Whether passages are joined at all.</summary>
    public static bool IsJoining(this SelectionOptions options) =>
        options.JoinAdjacent || options.NeighborsBefore > 0 || options.NeighborsAfter > 0 || options.ReturnSections;

    /// <summary>What options ask for that a mapping cannot tell, or a generator not count; null where all is well.</summary>
    /// <param name="options">The options.</param>
    /// <param name="mapping">The mapping.</param>
    /// <param name="generatorCounter">Gives the generator's counter; null where it is not known yet whether there is one.</param>
    public static string? FindFault<TRecord>(SelectionOptions options, PassageMapping<TRecord> mapping, Func<ITokenCounter?>? generatorCounter)
        where TRecord : class => options switch
        {
            { JoinAdjacent: true } when Lacks(mapping.Source, mapping.Ordinal) => Missing(nameof(options.JoinAdjacent), nameof(mapping.Source), nameof(mapping.Ordinal)),
            { NeighborsBefore: > 0 } when LacksKeys(mapping) => Missing(nameof(options.NeighborsBefore), nameof(mapping.Source), nameof(mapping.Ordinal), nameof(mapping.KeyAt)),
            { NeighborsAfter: > 0 } when LacksKeys(mapping) => Missing(nameof(options.NeighborsAfter), nameof(mapping.Source), nameof(mapping.Ordinal), nameof(mapping.KeyAt)),
            { ReturnSections: true } when LacksKeys(mapping) || mapping.Section is null =>
                Missing(nameof(options.ReturnSections), nameof(mapping.Source), nameof(mapping.Ordinal), nameof(mapping.KeyAt), nameof(mapping.Section)),
            { TokenBudget: not null, TokenCounter: null } when generatorCounter is not null && generatorCounter() is null =>
                $"{nameof(SelectionOptions)}.{nameof(options.TokenBudget)} is set, and the embedding generator offers no {nameof(ITokenCounter)}. Set {nameof(SelectionOptions)}.{nameof(options.TokenCounter)}.",
            _ => null,
        };

    private static bool LacksKeys<TRecord>(PassageMapping<TRecord> mapping)
        where TRecord : class => Lacks(mapping.Source, mapping.Ordinal, mapping.KeyAt);

    private static bool Lacks(params ReadOnlySpan<object?> parts) => parts.Contains(null);

    private static string Missing(string option, params string[] parts) =>
        $"{nameof(SelectionOptions)}.{option} is set, and the mapping does not say where passages stand. Set {string.Join(", ", parts)} of {nameof(PassageMapping<>)}, or leave the option.";
}
