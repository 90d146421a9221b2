namespace LocalRetrieval.Tokenizers.PostProcessors;

/// <summary>One place of a template: a text, or a special token, which may be several tokens.</summary>
/// <param name="Sequence">Which text stands here, 0 or 1; null for a special token.</param>
/// <param name="TypeId">The type id of what stands here.</param>
/// <param name="Ids">The ids of the special token.</param>
/// <param name="Tokens">Their texts.</param>
internal sealed record TemplatePiece(int? Sequence, int TypeId, int[] Ids, string[] Tokens)
{
    public static TemplatePiece ForText(int sequence, int typeId) => new(sequence, typeId, [], []);

    public static TemplatePiece ForSpecialToken(int id, string token, int typeId) => new(null, typeId, [id], [token]);
}
