using LocalRetrieval.Testing;

namespace LocalRetrieval.Encoders.Tests.Modules;

public sealed class VectorModulesTests : IDisposable
{
    private readonly TemporaryModel _model = TestModels.Copy("bert-cls-prompt");
    private readonly Random _random = new(5);

    public void Dispose() => _model.Dispose();

    [Theory]
    [InlineData("torch.nn.modules.linear.Identity", false, false)]
    [InlineData("torch.nn.modules.activation.Tanh", true, false)]
    [InlineData("torch.nn.modules.activation.ReLU", true, true)]
    [InlineData("torch.nn.modules.activation.Sigmoid", false, false)]
    [InlineData("torch.nn.modules.activation.SiLU", true, false)]
    [InlineData("torch.nn.modules.activation.GELU", true, true)]
    [InlineData(null, true, false)]
    public void Dense_RandomWeights_EqualsTheNaiveTwin(string? activation, bool bias, bool residual)
    {
        foreach ((int inputs, int outputs) in new[] { (7, 3), (3, 19), (6, 6) })
        {
            float[] weights = Random(inputs * outputs);
            float[] shift = Random(outputs);
            float[] projection = Random(inputs * outputs);
            SafetensorsWriter.Write(_model.File("2_Dense/model.safetensors"),
                ("linear.weight", "F32", [outputs, inputs], weights), ("linear.bias", "F32", [outputs], shift), ("residual.weight", "F32", [outputs, inputs], projection));
            string name = activation is null ? "" : $"\"activation_function\": \"{activation}\",";
            Write("2_Dense/config.json", $$"""{{{name}} "in_features": {{inputs}}, "out_features": {{outputs}}, "bias": {{(bias ? "true" : "false")}}, "use_residual": {{(residual ? "true" : "false")}}}""");
            float[] source = Random(inputs);

            float[] actual = Apply("sentence_transformers.models.Dense", "2_Dense", source);

            for (int row = 0; row < outputs; row++)
            {
                double value = Activate(activation, Dot(weights, source, row) + (bias ? shift[row] : 0));
                double added = !residual ? 0 : inputs == outputs ? source[row] : Dot(projection, source, row);
                Assert.Equal(value + added, actual[row], 2e-6);
            }
        }
    }

    [Theory]
    [InlineData("F16", 1e-3)]
    [InlineData("BF16", 1e-2)]
    public void Dense_HalfPrecisionWeights_AreRead(string type, double tolerance)
    {
        float[] weights = Random(12);
        SafetensorsWriter.Write(_model.File("2_Dense/model.safetensors"), ("linear.weight", type, [3, 4], weights));
        Write("2_Dense/config.json", """{"in_features": 4, "out_features": 3, "bias": false, "activation_function": "torch.nn.modules.linear.Identity"}""");

        float[] actual = Apply("sentence_transformers.base.modules.dense.Dense", "2_Dense", [1, 1, 1, 1]);

        Assert.All(Enumerable.Range(0, 3), row => Assert.Equal(Dot(weights, [1, 1, 1, 1], row), actual[row], tolerance));
    }

    [Fact]
    public void LayerNorm_RandomWeights_EqualsTheNaiveTwin()
    {
        float[] scale = Random(9);
        float[] shift = Random(9);
        SafetensorsWriter.Write(_model.File("2_LayerNorm/model.safetensors"), ("norm.weight", "F32", [9], scale), ("norm.bias", "F32", [9], shift));
        Write("2_LayerNorm/config.json", """{"dimension": 9}""");
        float[] source = Random(9);

        float[] actual = Apply("sentence_transformers.sentence_transformer.modules.layer_norm.LayerNorm", "2_LayerNorm", source);

        double mean = source.Average();
        double variance = source.Average(value => (value - mean) * (value - mean));
        Assert.All(Enumerable.Range(0, 9), i => Assert.Equal(((source[i] - mean) / Math.Sqrt(variance + 1e-5) * scale[i]) + shift[i], actual[i], 1e-5));
    }

    [Fact]
    public void Normalize_ZeroVector_StaysZero() => Assert.Equal([0, 0], Apply("sentence_transformers.models.Normalize", "2_Normalize", [0, 0]));

    [Theory]
    [InlineData("""{"in_features": 4, "out_features": 3, "activation_function": "my.Activation"}""", "my.Activation")]
    [InlineData("""{"in_features": 4, "out_features": 3, "activation_function": "torch.nn.modules.activation.PReLU"}""", "PReLU")]
    [InlineData("""{"in_features": 5, "out_features": 3}""", "[3, 4], expected [3, 5]")]
    [InlineData("""{"in_features": 4, "out_features": 3}""", "no tensor 'linear.bias'")]
    [InlineData("""{"out_features": 3}""", "in_features is missing")]
    public void Dense_ConfigThatCannotBeRead_SaysWhat(string config, string expected)
    {
        SafetensorsWriter.Write(_model.File("2_Dense/model.safetensors"), ("linear.weight", "F32", [3, 4], Random(12)));
        Write("2_Dense/config.json", config);

        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => UnsupportedModuleException.Refuse(() => Apply("sentence_transformers.models.Dense", "2_Dense", Random(4))));

        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Dense_PickledWeights_AreRefusedByName()
    {
        Write("2_Dense/config.json", """{"in_features": 4, "out_features": 3}""");
        Write("2_Dense/pytorch_model.bin", "");

        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => UnsupportedModuleException.Refuse(() => Apply("sentence_transformers.models.Dense", "2_Dense", Random(4))));

        Assert.Contains("pytorch_model.bin", exception.Message, StringComparison.Ordinal);
        Assert.Contains("model.safetensors", exception.Message, StringComparison.Ordinal);
    }

    private float[] Apply(string type, string path, float[] source)
    {
        Write("modules.json", $$"""[{"type": "sentence_transformers.models.Transformer", "path": ""}, {"type": "{{type}}", "path": "{{path}}"}]""");
        ModelFolder folder = ModelFolder.Open(_model.Path);
        VectorModules modules = new([VectorModules.Load(folder, folder.Modules![1])!], source.Length);
        float[] destination = new float[modules.OutputWidth];
        modules.Apply(source, destination);
        return destination;
    }

    private void Write(string file, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_model.File(file))!);
        File.WriteAllText(_model.File(file), content);
    }

    private float[] Random(int count) => [.. Enumerable.Range(0, count).Select(_ => (float)((_random.NextDouble() * 2) - 1))];

    private static double Dot(float[] weights, float[] source, int row) => source.Select((value, i) => (double)value * weights[(row * source.Length) + i]).Sum();

    private static double Activate(string? name, double x) => name?.Split('.')[^1] switch
    {
        "Identity" => x,
        "ReLU" => Math.Max(0, x),
        "Sigmoid" => 1 / (1 + Math.Exp(-x)),
        "SiLU" => x / (1 + Math.Exp(-x)),
        "GELU" => 0.5 * x * (1 + Erf(x / Math.Sqrt(2))),
        _ => Math.Tanh(x),
    };

    // The series of the error function, exact for what a test needs.
    private static double Erf(double x)
    {
        double term = x;
        double sum = x;
        for (int n = 1; n < 60; n++)
        {
            term *= -x * x / n;
            sum += term / ((2 * n) + 1);
        }

        return sum * 2 / Math.Sqrt(Math.PI);
    }
}
