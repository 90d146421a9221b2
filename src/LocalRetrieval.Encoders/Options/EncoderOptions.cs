using LocalRetrieval.Encoders;
using LocalRetrieval.Tokenizers;

namespace LocalRetrieval;

/// <summary>Options of an encoder, whatever it gives and whatever runs it. They are read once, when the model is loaded.</summary>
public abstract class EncoderOptions
{
    private const int MostThreads = 256;

    private static readonly TimeSpan ShortestRunTime = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LongestRunTime = TimeSpan.FromMinutes(1);

    /// <summary>Makes the defaults.</summary>
    protected EncoderOptions()
    {
    }

    /// <summary>Copies options.</summary>
    /// <param name="other">The options to copy.</param>
    /// <exception cref="ArgumentNullException"><paramref name="other"/> is null.</exception>
    protected EncoderOptions(EncoderOptions other)
    {
        ArgumentNullException.ThrowIfNull(other);
        MaxTokens = other.MaxTokens;
        BatchTokenBudget = other.BatchTokenBudget;
        Threads = other.Threads;
        Execution = other.Execution;
        ExecutionProviders = other.ExecutionProviders;
        MaxRunTime = other.MaxRunTime;
        MaxRunBytes = other.MaxRunBytes;
        MaxQueuedTexts = other.MaxQueuedTexts;
        MaxQueuedBytes = other.MaxQueuedBytes;
        Overload = other.Overload;
        GraphFile = other.GraphFile;
        LoneSurrogates = other.LoneSurrogates;
        ModelId = other.ModelId;
    }

    /// <summary>The longest input in tokens, prompt and special tokens included; longer ones are cut. Of late interaction, the longest document.</summary>
    /// <value>
    /// At least 1 and at most the model's positions, or null for what the model's files say. model2vec cuts a text to this times the
    /// vocabulary's median token length in characters first, so a text of long words may end sooner. The default is null.
    /// </value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int? MaxTokens
    {
        get;
        set => field = OptionValue.AtLeast(value, 1, nameof(MaxTokens));
    }

    /// <summary>
    /// The largest batch of one run, in tokens: for texts of n tokens, padding included, a batch costs texts * n * (1 + n / 256),
    /// which counts attention's square term. A text that costs more runs alone. A static model, which pads nothing, does without.
    /// </summary>
    /// <value>At least 1. The default is 1,024: 2 texts of 240 tokens, 17 of 50; of a cross-encoder it is 512. See bench/results/budget.md for what it was chosen from.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int BatchTokenBudget
    {
        get;
        set => field = OptionValue.AtLeast(value, 1, nameof(BatchTokenBudget))!.Value;
    } = 1024;

    /// <summary>How many threads one run uses; of a static model, one call.</summary>
    /// <value>
    /// From 1 to 256, or null: then <see cref="Execution"/> decides, and a call of a static model uses the processors that this process may use. The default is
    /// null. A run of more threads takes the turns of as many. ONNX Runtime starts the threads when the model is loaded, which takes minutes for thousands.
    /// </value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1 or above 256.</exception>
    public int? Threads
    {
        get;
        set => field = OptionValue.AtMost(OptionValue.AtLeast(value, 1, nameof(Threads)), MostThreads, nameof(Threads));
    }

    /// <summary>What runs are made for: many at once, or one as fast as can be. Ignored where <see cref="Threads"/> is set, and by a static model.</summary>
    /// <value>The default is <see cref="ExecutionMode.Auto"/>.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not defined.</exception>
    public ExecutionMode Execution
    {
        get;
        set => field = OptionValue.Defined(value, nameof(Execution));
    }

    /// <summary>
    /// What ONNX Runtime runs the graph with, best first: what one cannot take goes to the next, and at last to the processor. What the loaded native library does not offer
    /// is an error that names the package which has it; <see cref="ExecutionProvider.Auto"/> takes what there is. A static model ignores it.
    /// A configuration has a list of names, or of sections with Name, Options and RequiresEveryNode.
    /// </summary>
    /// <value>Null for the processor. The default is null.</value>
    /// <exception cref="ArgumentException">The list is empty, an entry is null, or <see cref="ExecutionProvider.Auto"/> stands beside others.</exception>
    public IReadOnlyList<ExecutionProvider>? ExecutionProviders
    {
        get;
        set => field = value is null || (value.Count > 0 && value.All(provider => provider is not null) && (value.Count == 1 || !value.Any(provider => provider.IsAuto)))
            ? value
            : throw new ArgumentException("Name at least one execution provider, none of them null, and ExecutionProvider.Auto alone; null stands for the processor.", nameof(ExecutionProviders));
    }

    /// <summary>
    /// How long a run of several texts is to take at most: what others wait for when all processors are busy. Runs are planned by what earlier ones took, so that
    /// some take longer; a text that alone takes longer is run alone. A static model ignores it.
    /// </summary>
    /// <value>From a millisecond to a minute. The default is 50 ms.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below a millisecond or above a minute.</exception>
    public TimeSpan MaxRunTime
    {
        get;
        set => field = OptionValue.Between(value, ShortestRunTime, LongestRunTime, nameof(MaxRunTime));
    } = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// What a run may take of memory, beside the model itself, by prediction from its texts' tokens (<see cref="EncoderRunMemory"/>): fewer texts share a run that would take more,
    /// and a text that alone would is refused. As many runs go at once as there are processors. A static model ignores it.
    /// </summary>
    /// <value>
    /// Bytes, at least 1, or null for half of what the runtime sees of memory (<see cref="GCMemoryInfo.TotalAvailableMemoryBytes"/>: in a container three quarters of its limit, unless that is set otherwise): what exceeds that would most likely end the
    /// process. Set it where encoders have less for themselves. The default is null.
    /// </value>
    /// <remarks>
    /// Where it is set, or where the longest text could come near half of the memory, loading measures what runs take by three texts of up to 512 tokens; else
    /// no run comes near, and loading takes no longer.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public long? MaxRunBytes
    {
        get;
        set => field = OptionValue.AtLeast(value, 1L, nameof(MaxRunBytes));
    }

    /// <summary>How many texts, or pairs, may wait for the encoder or be run, of all calls together; a call of many hands them over in portions. A static model ignores it.</summary>
    /// <value>At least 1. The default is 16,384.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int MaxQueuedTexts
    {
        get;
        set => field = OptionValue.AtLeast(value, 1, nameof(MaxQueuedTexts))!.Value;
    } = 16_384;

    /// <summary>How many bytes of texts, at two a character, may wait for the encoder or be run. Their tokens take about twice as much. A static model ignores it.</summary>
    /// <value>At least 1. The default is 64 MB (67,108,864).</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public long MaxQueuedBytes
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(MaxQueuedBytes));
            field = value;
        }
    } = 64 << 20;

    /// <summary>
    /// What a call does whose first portion finds no room within <see cref="MaxQueuedTexts"/> and <see cref="MaxQueuedBytes"/>; its further portions wait. It is meant for every call, but
    /// room is told apart: documents have four fifths of both bounds at the most, so that a query finds room, and is not refused, where only documents are too many.
    /// </summary>
    /// <value>The default is <see cref="OverloadBehavior.Wait"/>.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not defined.</exception>
    public OverloadBehavior Overload
    {
        get;
        set => field = OptionValue.Defined(value, nameof(Overload));
    }

    /// <summary>
    /// The file of an ONNX graph, relative to the model's folder or to its folder onnx: for instance <c>model_quantized.onnx</c>. A static model, which has
    /// none, refuses it when it is loaded.
    /// </summary>
    /// <value>
    /// Null for the most exact one under onnx/, then at the root: model.onnx, model_O1 to O4, model_fp16, then the quantised ones. The default is null.
    /// </value>
    /// <exception cref="ArgumentException">The value is empty or white space.</exception>
    public string? GraphFile
    {
        get;
        set => field = OptionValue.NotBlank(value, nameof(GraphFile));
    }

    /// <summary>What a lone surrogate in a text does.</summary>
    /// <value>The default is <see cref="LoneSurrogateHandling.Throw"/>: an <see cref="ArgumentException"/> that names the text's index and the char's offset.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not defined.</exception>
    public LoneSurrogateHandling LoneSurrogates
    {
        get;
        set => field = OptionValue.Defined(value, nameof(LoneSurrogates));
    }

    /// <summary>The model's id in metadata and results.</summary>
    /// <value>Null for the folder's name. The default is null.</value>
    /// <exception cref="ArgumentException">The value is empty or white space.</exception>
    public string? ModelId
    {
        get;
        set => field = OptionValue.NotBlank(value, nameof(ModelId));
    }
}
