using LocalRetrieval.Tokenizers.AddedTokens;
using LocalRetrieval.Tokenizers.Models;
using LocalRetrieval.Tokenizers.Normalizers;
using LocalRetrieval.Tokenizers.PreTokenizers;

namespace LocalRetrieval.Tokenizers;

/// <summary>
/// From a text to the tokens of its content: added tokens are cut out, what lies between them is normalized, cut into words, and
/// each word is given to the model.
/// </summary>
internal sealed class ContentTokenizer(AddedVocabulary added, Normalizer? normalizer, PreTokenizer? preTokenizer, Model model)
{
    private readonly bool _needsOrigins = preTokenizer?.NeedsOrigins ?? false;

    public AddedVocabulary Added { get; } = added;

    public Model Model { get; } = model;

    /// <summary>Fills <see cref="Workspace.Tokens"/>, with ranges of <paramref name="text"/> where they are asked for.</summary>
    /// <param name="text">Well-formed UTF-16.</param>
    /// <param name="workspace">Where the work is done.</param>
    /// <param name="withOffsets">Whether the tokens get ranges.</param>
    /// <param name="tokenTexts">Where the texts of the tokens go; null where only ids are wanted. Needs offsets.</param>
    public void Tokenize(ReadOnlySpan<char> text, Workspace workspace, bool withOffsets, List<string>? tokenTexts = null)
    {
        workspace.Tokens.Reset(withOffsets);
        List<AddedTokenMatch> matches = workspace.Matches;
        matches.Clear();
        Added.InText.Find(text, matches);
        int done = 0;
        foreach (AddedTokenMatch match in matches)
        {
            TokenizeBetween(text, done, match.Start, workspace, tokenTexts);
            workspace.Tokens.Add(match.Id, match.Start, match.End);
            tokenTexts?.Add(text[match.Start..match.End].ToString());
            done = match.End;
        }

        TokenizeBetween(text, done, text.Length, workspace, tokenTexts);
    }

    private void TokenizeBetween(ReadOnlySpan<char> text, int start, int end, Workspace workspace, List<string>? tokenTexts)
    {
        if (start >= end)
        {
            return;
        }

        NormalizedText normalized = workspace.Text;
        normalized.Reset(text[start..end], start, workspace.Tokens.TracksRanges || _needsOrigins);
        normalizer?.Normalize(normalized);
        List<AddedTokenMatch> matches = workspace.NormalizedMatches;
        matches.Clear();
        Added.InNormalizedText.Find(normalized.Chars, matches);
        int done = 0;
        foreach (AddedTokenMatch match in matches)
        {
            TokenizeWords(new TextPiece(done, match.Start), workspace, tokenTexts);
            int before = workspace.Tokens.Count;
            workspace.Tokens.Add(match.Id, 0, match.End - match.Start);
            AlignTokens(workspace, normalized, before, new TextPiece(match.Start, match.End), null);
            tokenTexts?.Add(normalized.Chars[match.Start..match.End].ToString());
            done = match.End;
        }

        TokenizeWords(new TextPiece(done, normalized.Length), workspace, tokenTexts);
    }

    private void TokenizeWords(TextPiece piece, Workspace workspace, List<string>? tokenTexts)
    {
        PreTokenizedText pieces = workspace.Pieces;
        pieces.Reset(piece);
        preTokenizer?.PreTokenize(pieces);
        ReadOnlySpan<char> chars = pieces.Text.Chars;
        foreach (TextPiece word in pieces.Pieces)
        {
            int before = workspace.Tokens.Count;
            Model.Tokenize(chars[word.Start..word.End], workspace.Tokens);
            AlignTokens(workspace, pieces.Text, before, word, tokenTexts);
        }
    }

    /// <summary>Turns the ranges of the tokens from <paramref name="first"/> on, which are of a word, into ranges of the text.</summary>
    private void AlignTokens(Workspace workspace, NormalizedText text, int first, TextPiece word, List<string>? tokenTexts)
    {
        TokenBuffer tokens = workspace.Tokens;
        if (!tokens.TracksRanges)
        {
            return;
        }

        for (int i = first; i < tokens.Count; i++)
        {
            TokenOffset range = tokens.Ranges[i];
            int start = word.Start + range.Start;
            int end = word.Start + range.End;
            tokenTexts?.Add(Model.Text(tokens.Ids[i], text.Chars[start..end]));
            tokens.Ranges[i] = new TokenOffset(text.OriginStart(start), text.OriginEnd(end - 1));
        }
    }
}
