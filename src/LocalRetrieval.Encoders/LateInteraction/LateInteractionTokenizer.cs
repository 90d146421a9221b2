using LocalRetrieval.Tokenizers;

namespace LocalRetrieval.Encoders;

/// <summary>Turns queries and documents into what a late interaction model reads.</summary>
/// <remarks>Immutable; safe for concurrent use. As a counter it counts documents.</remarks>
internal sealed class LateInteractionTokenizer : ITokenCounter
{
    private readonly Tokenizer _tokenizer;
    private readonly RolePrefix _query;
    private readonly RolePrefix _document;
    private readonly QueryExpansion? _expansion;
    private readonly int _specialTokens;

    /// <exception cref="InvalidDataException">A length exceeds the model's positions, or leaves no room for a text.</exception>
    public LateInteractionTokenizer(EncoderFiles files, LateInteractionConfig config, IReadOnlyDictionary<string, string> prompts, int? maxTokens)
    {
        _tokenizer = files.Tokenizer;
        _specialTokens = _tokenizer.CountSpecialTokens(pair: false);
        _query = RolePrefix.Read(_tokenizer, prompts.GetValueOrDefault(EmbeddingInputTypes.Query), config.QueryPrefix);
        _document = RolePrefix.Read(_tokenizer, prompts.GetValueOrDefault(EmbeddingInputTypes.Document), config.DocumentPrefix);
        _expansion = QueryExpansion.Read(files, config);
        int positions = PositionTable.Length(files.Config) ?? int.MaxValue;
        int? queryLength = files.Sentence.Json?.Limit("query_length") ?? config.QueryLength;
        QueryLength = _expansion is null ? Math.Min(queryLength ?? files.MaxTokens, positions)
            : _expansion.IsFixed ? _expansion.Length
            : Math.Min(Math.Max(queryLength ?? files.MaxTokens, _expansion.Length), positions);
        DocumentLength = Math.Min(maxTokens ?? files.Sentence.Json?.Limit("document_length") ?? config.DocumentLength ?? files.MaxTokens, positions);
        if (QueryLength > positions)
        {
            throw new InvalidDataException($"Queries are expanded to {QueryLength} tokens, but {files.Config.File} gives the model {positions} positions. The files are of different models.");
        }

        MaxTokens = Math.Min(DocumentLength - Taken(_document), QueryLength - Taken(_query)) >= 1 ? DocumentLength - Taken(_document) : throw new InvalidDataException(
            $"{_specialTokens} special tokens and the prefix leave no room in the {QueryLength} tokens of a query or the {DocumentLength} of a document that the model of {files.Config.File} reads. Raise query_length and document_length in its files, or MaxTokens in the options.");
    }

    /// <summary>The longest query, special tokens and expansion included.</summary>
    public int QueryLength { get; }

    /// <summary>The longest document, special tokens included.</summary>
    public int DocumentLength { get; }

    /// <inheritdoc />
    public int? MaxTokens { get; }

    /// <inheritdoc />
    public int CountTokens(ReadOnlySpan<char> text) => _tokenizer.CountTokens(text);

    /// <inheritdoc />
    public int IndexOfTokenLimit(ReadOnlySpan<char> text, int maxTokens, out int tokenCount) => _tokenizer.IndexOfTokenLimit(text, maxTokens, out tokenCount);

    /// <summary>Tokenizes a query or a document.</summary>
    public TokenizedText Tokenize(string text, bool isQuery) => isQuery ? Expand(Single(text, _query, QueryLength)) : Single(text, _document, DocumentLength);

    private int Taken(RolePrefix prefix) => _specialTokens + (prefix.Marker is null ? 0 : 1) + _tokenizer.CountTokens(prefix.Text);

    private TokenizedText Single(string text, RolePrefix prefix, int length)
    {
        int[] content = _tokenizer.EncodeToIds(prefix.Text + text);
        if (prefix.Marker is { } marker)
        {
            content = [marker, .. content];
        }

        int kept = Math.Min(content.Length, length - _specialTokens);
        int[] ids = new int[kept + _specialTokens];
        int[] typeIds = new int[ids.Length];
        _tokenizer.BuildInputs(content.AsSpan(0, kept), ids, typeIds);
        return new TokenizedText(ids, typeIds, content.Length - kept);
    }

    private TokenizedText Expand(TokenizedText query)
    {
        if (_expansion is null || query.Ids.Length >= _expansion.Length)
        {
            return query;
        }

        int[] ids = new int[_expansion.Length];
        query.Ids.CopyTo(ids, 0);
        ids.AsSpan(query.Ids.Length).Fill(_expansion.TokenId);
        int[] typeIds = new int[ids.Length];
        query.TypeIds.CopyTo(typeIds, 0);
        return new TokenizedText(ids, typeIds, query.DroppedTokens) { AttendedTokens = _expansion.IsAttended ? ids.Length : query.Ids.Length };
    }
}
