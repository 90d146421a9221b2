using System.Buffers;

namespace LocalRetrieval.Encoders;

/// <summary>Modules one after another, over vectors of one length.</summary>
/// <remarks>Immutable; safe for concurrent use.</remarks>
internal sealed class VectorModules
{
    private const string Texts = "sentence_embedding";
    private const string Tokens = "token_embeddings";

    private readonly IVectorModule[] _modules;
    private readonly int[] _widths;

    /// <exception cref="InvalidDataException">A module is for vectors of another length than those before it give.</exception>
    public VectorModules(IEnumerable<IVectorModule> modules, int inputWidth)
    {
        _modules = [.. modules];
        _widths = new int[_modules.Length];
        OutputWidth = inputWidth;
        for (int i = 0; i < _modules.Length; i++)
        {
            OutputWidth = _widths[i] = _modules[i].OutputWidth(OutputWidth);
        }
    }

    /// <summary>How long the vectors are that come out.</summary>
    public int OutputWidth { get; }

    /// <summary>Whether there is nothing to do.</summary>
    public bool IsEmpty => _modules.Length == 0;

    /// <summary>Reads a module of vectors, or gives null for one of another kind.</summary>
    /// <exception cref="InvalidDataException">A file of the module cannot be read, or asks for what is not supported.</exception>
    public static IVectorModule? Load(ModelFolder folder, ModuleEntry module) => module.Kind switch
    {
        ModuleEntry.Dense => DenseModule.Load(folder, module),
        ModuleEntry.LayerNorm => LayerNormModule.Load(folder, module),
        ModuleEntry.Normalize => NormalizeModule.Instance,
        _ => null,
    };

    /// <summary>Whether a module is for the vectors of tokens, rather than of texts.</summary>
    /// <exception cref="InvalidDataException">It is for others.</exception>
    public static bool IsByToken(ModelFolder folder, ModuleEntry module)
    {
        ModelJson? config = module.Config(folder);
        string input = config?.String("module_input_name") ?? Texts;
        if (config is not null && (input is not (Texts or Tokens) || (config.String("module_output_name") ?? input) != input))
        {
            throw new UnsupportedModuleException(config.Unsupported("module_input_name", $"'{input}' to '{config.String("module_output_name") ?? input}'", $"'{Texts}' or '{Tokens}', to itself"));
        }

        return input == Tokens;
    }

    /// <summary>Runs a vector through all modules.</summary>
    /// <param name="source">The vector that goes in.</param>
    /// <param name="destination">The one that comes out, [<see cref="OutputWidth"/>].</param>
    public void Apply(ReadOnlySpan<float> source, Span<float> destination)
    {
        if (IsEmpty)
        {
            source.CopyTo(destination);
            return;
        }

        int widest = _widths.Max();
        float[] buffer = ArrayPool<float>.Shared.Rent(2 * widest);
        try
        {
            ReadOnlySpan<float> current = source;
            for (int i = 0; i < _modules.Length; i++)
            {
                Span<float> next = i == _modules.Length - 1 ? destination : buffer.AsSpan(i % 2 * widest, _widths[i]);
                _modules[i].Apply(current, next);
                current = next;
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(buffer);
        }
    }
}
