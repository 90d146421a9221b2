using System.Numerics.Tensors;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.Encoders;

/// <summary>What is read of the texts of a request: each of them once, or some of them in windows.</summary>
internal sealed class TextWindows
{
    // Where each text's windows start, and the end; null where every text is its own window.
    private readonly int[]? _starts;

    private TextWindows(TokenizedText[] all, int[]? starts)
    {
        All = all;
        _starts = starts;
    }

    /// <summary>All windows, text by text.</summary>
    public TokenizedText[] All { get; }

    /// <summary>Texts that are read once each.</summary>
    public static TextWindows Whole(TokenizedText[] texts) => new(texts, null);

    /// <summary>Texts with the windows of each.</summary>
    public static TextWindows Of(TokenizedText[][] texts)
    {
        if (Array.TrueForAll(texts, windows => windows.Length == 1))
        {
            return Whole(Array.ConvertAll(texts, windows => windows[0]));
        }

        int[] starts = new int[texts.Length + 1];
        for (int i = 0; i < texts.Length; i++)
        {
            starts[i + 1] = starts[i] + texts[i].Length;
        }

        return new TextWindows([.. texts.SelectMany(windows => windows)], starts);
    }

    /// <summary>Whether every text is read once.</summary>
    public bool AreWhole => _starts is null;

    /// <summary>The number of texts.</summary>
    public int Count => _starts is null ? All.Length : _starts.Length - 1;

    /// <summary>The number of a text's windows.</summary>
    public int CountOf(int text) => _starts is null ? 1 : _starts[text + 1] - _starts[text];

    /// <summary>A text's first window.</summary>
    public int FirstOf(int text) => _starts is null ? text : _starts[text];

    /// <summary>A text's windows.</summary>
    public ReadOnlySpan<TokenizedText> Of(int text) => All.AsSpan(FirstOf(text), CountOf(text));

    /// <summary>The text that a window is of.</summary>
    public int TextOf(int window)
    {
        if (_starts is null)
        {
            return window;
        }

        int found = Array.BinarySearch(_starts, window);
        return found >= 0 ? found : ~found - 1;
    }

    /// <summary>The mean of the vectors of a text's windows, weighted by their tokens of the text.</summary>
    public static float[] Mean(ReadOnlySpan<TokenizedText> windows, ReadOnlySpan<Embedding<float>> embeddings)
    {
        float[] mean = new float[embeddings[0].Vector.Length];
        float weights = 0;
        for (int i = 0; i < windows.Length; i++)
        {
            TensorPrimitives.MultiplyAdd(embeddings[i].Vector.Span, windows[i].Weight, mean, mean);
            weights += windows[i].Weight;
        }

        TensorPrimitives.Divide(mean, weights, mean);
        return mean;
    }
}
