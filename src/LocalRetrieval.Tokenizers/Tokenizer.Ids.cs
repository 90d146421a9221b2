using System.Buffers;

namespace LocalRetrieval.Tokenizers;

public sealed partial class Tokenizer
{
    /// <summary>The ids of a text; nothing is cut or filled up.</summary>
    /// <param name="text">The text.</param>
    /// <param name="addSpecialTokens">
    /// Whether the special tokens of the model are added around the text; without them the ids are its content, which
    /// <see cref="BuildInputs(ReadOnlySpan{int}, Span{int}, Span{int})"/> takes.
    /// </param>
    /// <exception cref="ArgumentException">The text holds a lone surrogate, which is not replaced.</exception>
    public int[] EncodeToIds(ReadOnlySpan<char> text, bool addSpecialTokens = false)
    {
        using Workspace workspace = Tokenize(text);
        if (!addSpecialTokens)
        {
            return workspace.Tokens.Ids.ToArray();
        }

        int[] ids = new int[_postProcessor.InputLength(workspace.Tokens.Count, null)];
        BuildIds(workspace.Tokens.Ids, ids);
        return ids;
    }

    /// <summary>Writes the ids of a text; nothing is cut or filled up. Allocates nothing once the thread's buffers have grown.</summary>
    /// <param name="text">The text.</param>
    /// <param name="destination">Where the ids go; what lies behind them is left alone.</param>
    /// <param name="addSpecialTokens">Whether the special tokens of the model are added around the text.</param>
    /// <returns>How many ids were written.</returns>
    /// <exception cref="ArgumentException">
    /// <paramref name="destination"/> is too short, in which case nothing was written and the message gives the length that is
    /// needed, or the text holds a lone surrogate, which is not replaced.
    /// </exception>
    public int EncodeToIds(ReadOnlySpan<char> text, Span<int> destination, bool addSpecialTokens = false)
    {
        using Workspace workspace = Tokenize(text);
        ReadOnlySpan<int> content = workspace.Tokens.Ids;
        int length = addSpecialTokens ? _postProcessor.InputLength(content.Length, null) : content.Length;
        if (destination.Length < length)
        {
            throw new ArgumentException(
                $"The text has {length} ids, but there is room for {destination.Length}. Pass at least {length}.", nameof(destination));
        }

        if (addSpecialTokens)
        {
            BuildIds(content, destination[..length]);
        }
        else
        {
            content.CopyTo(destination);
        }

        return length;
    }

    /// <summary>How many ids <see cref="EncodeToIds(ReadOnlySpan{char}, bool)"/> gives, without making them a result.</summary>
    /// <param name="text">The text.</param>
    /// <param name="addSpecialTokens">Whether the special tokens that are added around the text are counted.</param>
    /// <exception cref="ArgumentException">The text holds a lone surrogate, which is not replaced.</exception>
    public int CountTokens(ReadOnlySpan<char> text, bool addSpecialTokens = false)
    {
        using Workspace workspace = Tokenize(text);
        int count = workspace.Tokens.Count;
        return addSpecialTokens ? _postProcessor.InputLength(count, null) : count;
    }

    /// <summary>Where the first lone surrogate of a text is; -1 where the text is well-formed UTF-16.</summary>
    public static int IndexOfLoneSurrogate(ReadOnlySpan<char> text)
    {
        int index = text.IndexOfAnyInRange('\uD800', '\uDFFF');
        if (index < 0)
        {
            return -1;
        }

        for (; index < text.Length; index++)
        {
            if (!char.IsSurrogate(text[index]))
            {
                continue;
            }

            if (!char.IsHighSurrogate(text[index]) || index + 1 == text.Length || !char.IsLowSurrogate(text[index + 1]))
            {
                return index;
            }

            index++;
        }

        return -1;
    }

    /// <summary>The tokens of a text's content, without ranges, in a workspace to dispose.</summary>
    private Workspace Tokenize(ReadOnlySpan<char> text)
    {
        using WellFormedText wellFormed = WellFormed(text, nameof(text));
        Workspace workspace = Workspace.Rent(text.Length);
        _content.Tokenize(wellFormed.Chars, workspace, withOffsets: false);
        return workspace;
    }

    private void BuildIds(ReadOnlySpan<int> content, Span<int> destination)
    {
        int[] typeIds = ArrayPool<int>.Shared.Rent(destination.Length);
        _postProcessor.BuildInputs(content, destination, typeIds.AsSpan(0, destination.Length));
        ArrayPool<int>.Shared.Return(typeIds);
    }

    private WellFormedText WellFormed(ReadOnlySpan<char> text, string parameter)
    {
        int lone = IndexOfLoneSurrogate(text);
        if (lone < 0)
        {
            return new WellFormedText(text);
        }

        return _loneSurrogates == LoneSurrogateHandling.Replace
            ? new WellFormedText(text, lone)
            : throw new ArgumentException(
                $"The text is not well-formed UTF-16: there is a lone surrogate, U+{(int)text[lone]:X4}, at char {lone}. "
                + $"Mend the text, or set {nameof(TokenizerOptions)}.{nameof(TokenizerOptions.LoneSurrogates)} to "
                + $"{nameof(LoneSurrogateHandling.Replace)}.",
                parameter);
    }
}
