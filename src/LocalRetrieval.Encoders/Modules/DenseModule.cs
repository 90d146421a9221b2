using System.Numerics.Tensors;
using LocalRetrieval.Encoders.Safetensors;

namespace LocalRetrieval.Encoders;

/// <summary>A linear layer with or without bias, an activation, and optionally what went in added to what comes out.</summary>
internal sealed class DenseModule : IVectorModule
{
    private readonly float[] _weights;
    private readonly float[]? _bias;
    private readonly float[]? _residual;
    private readonly bool _addsInput;
    private readonly Action<Span<float>> _activation;
    private readonly int _inputs;
    private readonly int _outputs;
    private readonly string _file;

    private DenseModule(ModelJson config, SafetensorsFile weights)
    {
        _file = config.File;
        _inputs = config.Limit("in_features") ?? throw config.Missing("in_features", "a number of at least 1");
        _outputs = config.Limit("out_features") ?? throw config.Missing("out_features", "a number of at least 1");
        _activation = Activations.Read(config, "activation_function");
        _weights = weights.Floats("linear.weight", _outputs, _inputs);
        _bias = config.Boolean("bias") ?? true ? weights.Floats("linear.bias", _outputs) : null;
        _addsInput = config.Boolean("use_residual") ?? false;
        _residual = _addsInput && _inputs != _outputs ? weights.Floats("residual.weight", _outputs, _inputs) : null;
    }

    private DenseModule(float[] weights, int outputs, int inputs, string file)
    {
        _file = file;
        _inputs = inputs;
        _outputs = outputs;
        _activation = static _ => { };
        _weights = weights;
    }

    /// <summary>How long the vectors are that go in.</summary>
    public int InputWidth => _inputs;

    /// <summary>A projection without bias or activation, whose size is that of its weights.</summary>
    /// <exception cref="InvalidDataException">The tensor is missing, or no matrix.</exception>
    public static DenseModule Linear(SafetensorsFile weights, string name, string file) => weights.Find(name) is { Shape: [<= int.MaxValue and long outputs, <= int.MaxValue and long inputs] } tensor
        ? new DenseModule(weights.Floats(tensor), (int)outputs, (int)inputs, file)
        : throw new InvalidDataException($"{file}: tensor '{name}' is missing, or no matrix.");

    /// <exception cref="FileNotFoundException">A file of the module is missing.</exception>
    /// <exception cref="InvalidDataException">A file cannot be read, or asks for what is not supported.</exception>
    public static DenseModule Load(ModelFolder folder, ModuleEntry module) =>
        new(folder.RequireJson(module.File("config.json")), ModuleWeights.Read(folder, module));

    public int OutputWidth(int inputWidth) => inputWidth == _inputs
        ? _outputs
        : throw new InvalidDataException($"{_file}: in_features is {_inputs}, but the vectors before it have {inputWidth}. The files are of different models.");

    public void Apply(ReadOnlySpan<float> source, Span<float> destination)
    {
        Multiply(_weights, source, destination);
        if (_bias is not null)
        {
            TensorPrimitives.Add(destination, _bias, destination);
        }

        _activation(destination);
        if (_residual is not null)
        {
            float[] projected = new float[_outputs];
            Multiply(_residual, source, projected);
            TensorPrimitives.Add(destination, projected, destination);
        }
        else if (_addsInput)
        {
            TensorPrimitives.Add(destination, source, destination);
        }
    }

    private static void Multiply(float[] weights, ReadOnlySpan<float> source, Span<float> destination)
    {
        for (int row = 0; row < destination.Length; row++)
        {
            destination[row] = TensorPrimitives.Dot(weights.AsSpan(row * source.Length, source.Length), source);
        }
    }
}
