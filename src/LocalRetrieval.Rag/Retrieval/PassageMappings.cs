using LocalRetrieval.DependencyInjection;

namespace LocalRetrieval.Rag;

/// <summary>The mapping that needs no word of the user.</summary>
internal static class PassageMappings
{
    private static readonly PassageMapping<Passage> WithTextKeys = Of(passage => passage.Key, (passage, ordinal) => PassageKey.Create(passage.Source, ordinal));

    private static readonly PassageMapping<Passage> WithUuids = Of(passage => passage.Id.ToString(), (passage, ordinal) => PassageKey.CreateUuid(passage.Source, ordinal));

    /// <summary>The mapping of <see cref="Passage"/>, or null for any other record.</summary>
    public static PassageMapping<TRecord>? Default<TKey, TRecord>()
        where TRecord : class => (typeof(TKey) == typeof(Guid) ? WithUuids : WithTextKeys) as PassageMapping<TRecord>;

    public static string MissingMessage<TRecord>() =>
        $"How a {TypeNames.Of(typeof(TRecord))} is a passage is not known. Set PassageRetrieverOptions<{TypeNames.Of(typeof(TRecord))}>.Mapping, with its Key and Text at least.";

    private static PassageMapping<Passage> Of(Func<Passage, string> key, Func<Passage, int, object?> keyAt) => new()
    {
        Key = key,
        Text = passage => passage.Text,
        Source = passage => passage.Source,
        Title = passage => passage.Title,
        Page = passage => passage.Page,
        HeadingPath = passage => passage.HeadingPath,
        Offset = passage => passage.Offset,
        Length = passage => passage.Length,
        ContentHash = passage => passage.ContentHash,
        Ordinal = passage => passage.Ordinal,
        KeyAt = keyAt,
        Section = passage => passage.Parent,
    };
}
