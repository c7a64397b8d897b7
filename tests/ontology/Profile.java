import java.io.File;
import org.semanticweb.owlapi.apibinding.OWLManager;
import org.semanticweb.owlapi.model.OWLOntology;
import org.semanticweb.owlapi.profiles.OWLProfileViolation;
import org.semanticweb.owlapi.profiles.Profiles;

/** Names every violation of OWL 2 DL in a file, one a line. */
public class Profile {
    public static void main(String[] arguments) throws Exception {
        File file = new File(arguments[0]);
        OWLOntology ontology = OWLManager.createOWLOntologyManager().loadOntologyFromOntologyDocument(file);
        for (OWLProfileViolation violation : Profiles.OWL2_DL.checkOntology(ontology).getViolations()) {
            System.out.println(violation);
        }
        System.out.println(ontology.getAxiomCount() + " axioms");
    }
}
