using System.ComponentModel;
using System.Globalization;

namespace LocalRetrieval;

/// <summary>Reads a model by its name, for configuration binders.</summary>
internal sealed class LocalModelConverter : TypeConverter
{
    public override bool CanConvertFrom(ITypeDescriptorContext? context, Type sourceType) => sourceType == typeof(string) || base.CanConvertFrom(context, sourceType);

    public override object? ConvertFrom(ITypeDescriptorContext? context, CultureInfo? culture, object value) =>
        value is not string name ? base.ConvertFrom(context, culture, value)
        : LocalModels.Find(name) ?? throw new FormatException($"'{name}' is no embedded model. They are BiEncoder, CrossEncoder and Static.");
}
