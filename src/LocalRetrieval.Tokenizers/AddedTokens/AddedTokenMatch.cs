namespace LocalRetrieval.Tokenizers.AddedTokens;

/// <summary>An added token in a text, with the white space that it takes.</summary>
internal readonly record struct AddedTokenMatch(int Id, int Start, int End);
