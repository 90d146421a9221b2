using LocalRetrieval.Tokenizers;

namespace LocalRetrieval;

/// <summary>Options of a model that runs on ONNX Runtime. They are read once, when the model is loaded.</summary>
public abstract class OnnxEncoderOptions
{
    /// <summary>The longest input in tokens, special tokens included; longer ones are cut.</summary>
    /// <value>At least 3 and at most the model's positions, or null for what the model's files say. The default is null.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 3.</exception>
    public int? MaxTokens
    {
        get;
        set
        {
            if (value is { } maxTokens)
            {
                ArgumentOutOfRangeException.ThrowIfLessThan(maxTokens, 3, nameof(MaxTokens));
            }

            field = value;
        }
    }

    /// <summary>
    /// The largest batch of one run, in tokens: for texts of n tokens, padding included, a batch costs texts * n * (1 + n / 256),
    /// which counts attention's square term. A text that costs more runs alone.
    /// </summary>
    /// <value>At least 1. The default is 2,048: 4 texts of 240 tokens, 34 of 50. See bench/results/budget.md for what it was chosen from.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int BatchTokenBudget
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(BatchTokenBudget));
            field = value;
        }
    } = 2048;

    /// <summary>How many threads one run uses.</summary>
    /// <value>At least 1, or null for the number of processors that this process may use. The default is null.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int? Threads
    {
        get;
        set
        {
            if (value is { } threads)
            {
                ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1, nameof(Threads));
            }

            field = value;
        }
    }

    /// <summary>The graph's file, relative to the model's folder or to its folder onnx: for instance <c>model_quantized.onnx</c>.</summary>
    /// <value>
    /// Null for the most exact one under onnx/, then at the root: model.onnx, model_O1 to O4, model_fp16, then the quantised ones. The default is null.
    /// </value>
    /// <exception cref="ArgumentException">The value is empty or white space.</exception>
    public string? GraphFile
    {
        get;
        set
        {
            if (value is not null)
            {
                ArgumentException.ThrowIfNullOrWhiteSpace(value, nameof(GraphFile));
            }

            field = value;
        }
    }

    /// <summary>What a lone surrogate in a text does.</summary>
    /// <value>The default is <see cref="LoneSurrogateHandling.Throw"/>: an <see cref="ArgumentException"/> that names the text's index and the char's offset.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not defined.</exception>
    public LoneSurrogateHandling LoneSurrogates
    {
        get;
        set => field = Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(nameof(LoneSurrogates), value, "Not a way to handle lone surrogates.");
    }

    /// <summary>The model's id in metadata and results.</summary>
    /// <value>Null for the folder's name. The default is null.</value>
    public string? ModelId { get; set; }
}
